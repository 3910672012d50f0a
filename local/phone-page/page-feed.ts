/** What the open page shows, pushed to it (server-sent events) whenever it is different from what it showed. */
import type { ServerResponse } from 'node:http';

import { parsePhoneNumberFromString } from 'libphonenumber-js/max';

import type { Message, Outbox } from '../outbox/outbox.ts';
import type { Call, Connect } from '../telephone/connect.ts';

const lookMilliseconds = 200;
const keepAliveMilliseconds = 15_000;
const callsShown = 40;
const messagesShown = 100;

export interface FeedDependencies {
  readonly connect: Connect;
  readonly outbox: Outbox;
  now(): number;
  readonly portalUrl: string;
}

export interface Feed {
  /** Keeps the response open until the page goes away. */
  attach(response: ServerResponse): void;
  stop(): void;
}

function readable(number: string): string {
  return parsePhoneNumberFromString(number)?.formatInternational() ?? number;
}

function pageCall(connect: Connect, call: Call): object {
  const { DisconnectReason: endedBecause } = connect.describeContact(call.callId);
  return { ...call, fromReadable: readable(call.from), toReadable: readable(call.to), endedBecause };
}

function pageMessage({ html, ...message }: Message): object {
  const { from, to } = message;
  return { ...message, hasHtml: html !== undefined, fromReadable: readable(from), toReadable: readable(to) };
}

function pageState(deps: FeedDependencies): string {
  const { connect, outbox, portalUrl } = deps;
  return JSON.stringify({
    portalUrl,
    /** In whole seconds, so that it changes when somebody moves the clock and not with every look. */
    clockAheadSeconds: Math.round((deps.now() - Date.now()) / 1000),
    calls: connect.calls().slice(-callsShown).map((call) => pageCall(connect, call)),
    messages: outbox.list().slice(-messagesShown).map(pageMessage),
  });
}

/** Looks only while a page is open. */
export function openFeed(deps: FeedDependencies): Feed {
  const pages = new Set<ServerResponse>();
  let shown = '';
  let looking: NodeJS.Timeout | undefined;
  let sentAt = 0;

  function look(): void {
    const state = pageState(deps);
    const isNew = state !== shown;
    if (!isNew && Date.now() - sentAt < keepAliveMilliseconds) return;
    shown = state;
    sentAt = Date.now();
    for (const page of pages) page.write(isNew ? `data: ${state}\n\n` : ': still here\n\n');
  }

  function detach(page: ServerResponse): void {
    pages.delete(page);
    if (pages.size === 0) clearInterval(looking);
  }

  return {
    attach(page) {
      page.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
      page.write(`retry: 1000\ndata: ${pageState(deps)}\n\n`);
      if (pages.size === 0) looking = setInterval(look, lookMilliseconds);
      pages.add(page);
      page.on('close', () => detach(page));
    },
    stop() {
      clearInterval(looking);
      for (const page of pages) page.end();
      pages.clear();
    },
  };
}
