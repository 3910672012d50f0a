/** Reads everything that the assembly of a stage says to run, before any of it runs. */
import { readKeys } from '../aws/kms.ts';
import { readMailDestinations, type MailDestination } from '../aws/mail-events.ts';
import { readApi, type GatewayApi } from '../gateway/routes.ts';
import { readFunctions } from '../lambda/read-functions.ts';
import { readQueues, type QueueSettings } from '../queue/read-queues.ts';
import { readRules, type Rule } from '../rules/event-bus.ts';
import { readEventSources, type EventSource } from '../stream/event-sources.ts';
import { readAssembly } from '../template/assembly.ts';
import { pagesDomain } from '../template/physical-ids.ts';
import { createResolver, type Resolver } from '../template/resolver.ts';
import { readConfigurationSets, type ConfigurationSet } from '../texts/numbers.ts';
import { readTopics, type TopicSettings } from '../topics/topics.ts';
import { readMachines } from '../workflow/read-machines.ts';
import { typesNotRun } from './not-run.ts';
import { account, region } from './place.ts';
import type { KeyName } from '../aws/key-store.ts';
import type { TableProperties } from '../database/create-table.ts';
import type { FunctionSettings } from '../lambda/functions.ts';
import type { ContactFlow } from '../telephone/connect.ts';
import type { Machine } from '../workflow/execution.ts';

export interface OpenTemplate {
  readonly api: GatewayApi;
  readonly functions: readonly FunctionSettings[];
  readonly machines: readonly Machine[];
  readonly table: TableProperties & { readonly arn: string };
  readonly keys: readonly KeyName[];
  readonly queues: readonly QueueSettings[];
  readonly rules: readonly Rule[];
  readonly topics: readonly TopicSettings[];
  readonly mailDestinations: readonly MailDestination[];
  readonly configurationSets: readonly ConfigurationSet[];
  readonly sources: readonly EventSource[];
  readonly instanceArn: string;
  /** By the last part of their ARN, which is their id. */
  readonly flows: ReadonlyMap<string, ContactFlow>;
  /** Types that do nothing here. */
  readonly notRun: readonly string[];
}

export interface Addresses {
  readonly apiUrl: string;
  readonly pagesUrl: string;
}

/** Browsers of this machine find the pages elsewhere than CloudFront's would. */
function atPages(settings: FunctionSettings, pagesUrl: string): FunctionSettings {
  const values = Object.entries(settings.environment).map(([name, value]) => [name, value === `https://${pagesDomain}` ? pagesUrl : value]);
  return { ...settings, environment: Object.fromEntries(values) as Record<string, string> };
}

/** Throws for what would run differently here than on AWS. */
export function openTemplate(assemblyFolder: string, { apiUrl, pagesUrl }: Addresses): OpenTemplate {
  const resolver = createResolver(readAssembly(assemblyFolder), { region, account, apiUrl });
  return {
    api: readApi(resolver),
    functions: readFunctions(resolver).map((each) => atPages(each, pagesUrl)),
    machines: readMachines(resolver),
    table: readTable(resolver),
    keys: readKeys(resolver),
    queues: readQueues(resolver),
    rules: readRules(resolver),
    topics: readTopics(resolver),
    mailDestinations: readMailDestinations(resolver),
    configurationSets: readConfigurationSets(resolver),
    sources: readEventSources(resolver),
    instanceArn: resolver.resources('AWS::Connect::Instance')[0]?.arn ?? '',
    flows: readFlows(resolver),
    notRun: typesNotRun(resolver.types()),
  };
}

function readTable(resolver: Resolver): OpenTemplate['table'] {
  const [table, ...others] = resolver.resources('AWS::DynamoDB::Table');
  if (table === undefined || others.length > 0) throw new Error('The template must have exactly one table.');
  return { ...(table.properties as unknown as TableProperties), TableName: table.ref, arn: table.arn };
}

function readFlows(resolver: Resolver): Map<string, ContactFlow> {
  const flows = resolver.resources('AWS::Connect::ContactFlow');
  const idOf = (arn: string): string => arn.slice(arn.lastIndexOf('/') + 1);
  const read = (content: unknown): ContactFlow => JSON.parse(String(content)) as ContactFlow;
  return new Map(flows.map(({ ref, properties }) => [idOf(ref), read(properties['Content'])]));
}
