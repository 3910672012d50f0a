/** Talks to the page's JSON API, and says so on the page when that fails. */
import { byId } from '/element.js';

const trouble = byId('trouble');

export function showTrouble(text) {
  trouble.textContent = text;
  trouble.hidden = text === '';
}

/** Posts, and answers with whether it was taken. What a person did at the wrong moment (409) is no trouble. */
export async function post(path, body) {
  try {
    const response = await fetch(path, {
      method: 'POST',
      ...(body === undefined ? {} : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
    });
    if (response.ok || response.status === 409) showTrouble('');
    else showTrouble((await response.json()).detail ?? 'That did not work.');
    return response.ok;
  } catch {
    showTrouble('The local stack does not answer. Is it still running?');
    return false;
  }
}
