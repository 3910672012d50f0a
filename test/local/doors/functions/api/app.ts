/** Answers with its event. */
export async function handler(event: unknown): Promise<unknown> {
  return { statusCode: 200, body: JSON.stringify(event) };
}
