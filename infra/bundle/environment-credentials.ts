/**
 * Stands in for `@aws-sdk/credential-provider-node` in every bundle. Safe there, because Lambda puts a role's
 * credentials into the environment before the runtime starts and never changes them during a sandbox's life; the chain
 * it replaces (files, SSO, web identity, process, instance metadata) can answer nothing in Lambda and costs half of the
 * SDK's load time. It reads the environment itself, since it belongs to the SDK and not to our configuration.
 */
interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
}

/** Same name and shape as the SDK's own: a function that makes a provider. */
export const defaultProvider = () => async (): Promise<Credentials> => {
  const { AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_SESSION_TOKEN } = process.env;
  if (!AWS_ACCESS_KEY_ID || !AWS_SECRET_ACCESS_KEY) {
    throw new Error('AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY are not set: Lambda sets both for every function.');
  }
  return {
    accessKeyId: AWS_ACCESS_KEY_ID,
    secretAccessKey: AWS_SECRET_ACCESS_KEY,
    ...(AWS_SESSION_TOKEN ? { sessionToken: AWS_SESSION_TOKEN } : {}),
  };
};
