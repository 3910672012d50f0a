/**
 * What the app keeps, on this device alone: accounts with their keys, and the keys of codes. The keys are made or taken in so
 * that nobody can read them out again, not even this page; the browser only lets them be used.
 */
export interface Account {
  readonly factorId: string;
  readonly organization: string;
  readonly person: string;
  readonly method: string;
  readonly key: CryptoKey;
}

export interface Codes {
  readonly id: string;
  readonly issuer: string;
  readonly name: string;
  readonly key: CryptoKey;
  readonly digits: number;
  readonly period: number;
}

const version = 1;

function open(): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const asked = indexedDB.open('countersign-authenticator', version);
    asked.onupgradeneeded = () => {
      asked.result.createObjectStore('accounts', { keyPath: 'factorId' });
      asked.result.createObjectStore('codes', { keyPath: 'id' });
    };
    asked.onsuccess = () => resolve(asked.result);
    asked.onerror = () => reject(new Error('the browser keeps nothing'));
  });
}

type Store = 'accounts' | 'codes';

async function perform<T>(store: Store, mode: IDBTransactionMode, work: (objects: IDBObjectStore) => IDBRequest<T>): Promise<T> {
  const database = await open();
  const done = new Promise<T>((resolve, reject) => {
    const transaction = database.transaction(store, mode);
    const asked = work(transaction.objectStore(store));
    transaction.oncomplete = () => resolve(asked.result);
    transaction.onabort = () => reject(new Error('the browser kept nothing'));
  });
  return done.finally(() => database.close());
}

export const keptAccounts = (): Promise<Account[]> => perform('accounts', 'readonly', (objects) => objects.getAll() as IDBRequest<Account[]>);
export const keepAccount = (account: Account): Promise<unknown> => perform('accounts', 'readwrite', (objects) => objects.put(account));
export const forgetAccount = (factorId: string): Promise<unknown> => perform('accounts', 'readwrite', (objects) => objects.delete(factorId));

export const keptCodes = (): Promise<Codes[]> => perform('codes', 'readonly', (objects) => objects.getAll() as IDBRequest<Codes[]>);
export const keepCodes = (codes: Codes): Promise<unknown> => perform('codes', 'readwrite', (objects) => objects.put(codes));
export const forgetCodes = (id: string): Promise<unknown> => perform('codes', 'readwrite', (objects) => objects.delete(id));
