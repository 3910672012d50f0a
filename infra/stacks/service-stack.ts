/** The service itself: the HTTP API's routes, its functions, what events they take, and the workflows. */
import { CfnOutput, Stack, Validations, type StackProps } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';

import { functions, type FunctionName } from '../../shared/contract/functions.ts';
import { CallFlows } from '../constructs/call-flows.ts';
import { ContactEvents } from '../constructs/contact-events.ts';
import { CountersignFunction } from '../constructs/countersign-function.ts';
import { EnrollmentMachine } from '../constructs/enrollment-machine.ts';
import { endpointsOf, messagesOf } from '../constructs/grants.ts';
import { HttpRoutes } from '../constructs/http-routes.ts';
import { MailEvents } from '../constructs/mail-events.ts';
import { PhoneCallMachine } from '../constructs/phone-call-machine.ts';
import type { PhoneLine, Surroundings } from '../constructs/surroundings.ts';
import { TableChanges } from '../constructs/table-changes.ts';
import { TextReplies } from '../constructs/text-replies.ts';
import { functionsIn, nameIn, hearsBack, type Stage, type Telephony } from '../stages.ts';
import type { StorageStack } from './storage-stack.ts';
import type { WebStack } from './web-stack.ts';

export interface ServiceStackProps extends StackProps {
  readonly stage: Stage;
  readonly storage: StorageStack;
  readonly web: WebStack;
  /** Present exactly where the stage has telephony. */
  readonly line?: PhoneLine;
  readonly bundleOf: (name: FunctionName) => string;
}

export class ServiceStack extends Stack {
  private readonly made = new Map<string, CountersignFunction>();
  private readonly props: ServiceStackProps;
  private around: Surroundings;

  constructor(scope: Construct, id: string, props: ServiceStackProps) {
    super(scope, id, props);
    this.props = props;
    const { stage, storage, web, line } = props;
    const { table, rootKey, mailArns } = storage;
    this.around = { stage, table, rootKey, mailArns, issuer: web.front.address, pagesUrl: web.pages.address, ...(line ? { line } : {}) };
    if (stage.telephony && line) this.makePhoneCalls(stage.telephony, line);
    if (hearsBack(stage)) this.makeReplies();
    this.makeEnrollments();
    for (const name of functionsIn(stage)) this.functionNamed(name);
    this.acknowledgeMessages();
    new TableChanges(this, 'TableChanges', stage, table.streamArn, this.functionNamed('table-stream'));
    new MailEvents(this, 'MailFeedback', stage, storage.dataKey, this.functionNamed('mail-events'));
    new HttpRoutes(this, 'Http', { apiId: web.front.api.apiId, lambdaOf: (name) => this.functionNamed(name as FunctionName).lambda });
    this.acknowledgePush();
    new CfnOutput(this, 'OperatorFunction', { value: this.functionNamed('operator').lambda.functionName });
  }

  private functionNamed(name: FunctionName): CountersignFunction {
    const known = this.made.get(name);
    if (known) return known;
    const made = new CountersignFunction(this, { name, around: this.around, bundle: this.props.bundleOf(name) });
    this.made.set(name, made);
    return made;
  }

  /** In this order, since each needs the one before: who decides, the flows, the tasks, the machine. */
  private makePhoneCalls(telephony: Telephony, line: PhoneLine): void {
    const { stage, storage } = this.props;
    const decides = this.functionNamed('connect-flow').lambda;
    const flows = new CallFlows(this, 'CallFlows', { stage, telephony, instanceArn: line.instanceArn, decides });
    const callFlows = { key: flows.key.attrContactFlowArn, entry: flows.entry.attrContactFlowArn };
    this.around = { ...this.around, callFlows };
    const { machine } = new PhoneCallMachine(this, 'PhoneCall', {
      stage,
      place: this.functionNamed('phone-call-place').lambda,
      endLeg: this.functionNamed('phone-call-end-leg').lambda,
      table: storage.table,
      dataKey: storage.dataKey,
    });
    this.around = { ...this.around, phoneCallMachineArn: machine.stateMachineArn };
    new ContactEvents(this, 'ContactEvents', stage, line.instanceArn, this.functionNamed('connect-contact-events'));
    this.acknowledgeContacts();
  }

  /** The task first, then the machine: who starts it is told which it is. */
  private makeEnrollments(): void {
    const { stage, storage } = this.props;
    const advance = this.functionNamed('enrollment-advance').lambda;
    const { machine } = new EnrollmentMachine(this, 'Enrollment', { stage, advance, table: storage.table, dataKey: storage.dataKey });
    this.around = { ...this.around, enrollmentMachineArn: machine.stateMachineArn };
  }

  /** The topic first: its reader is told which it is. */
  private makeReplies(): void {
    const replies = new TextReplies(this, 'TextReplies', this.props.stage, this.props.storage.dataKey);
    this.around = { ...this.around, repliesTopicArn: replies.topic.topicArn };
    replies.deliverTo(this.functionNamed('inbound-text'));
    new CfnOutput(this, 'RepliesTopic', { value: replies.topic.topicArn });
  }

  /** The two statements of constructs/grants.ts that name things which do not exist before a call does. */
  private acknowledgeContacts(): void {
    const instance = `${nameIn(this.props.stage, 'telephony')}:ExportsOutputFnGetAttInstanceArn528840A0`;
    Validations.of(this.functionNamed('phone-call-place').role).acknowledge({
      id: `AwsSolutions::AwsSolutions-IAM5[Resource::${instance}/*]`,
      reason: 'One action, placing a call, within our own instance; a contact has no name before it is placed.',
    });
    Validations.of(this.functionNamed('connect-contact-events').role).acknowledge({
      id: `AwsSolutions::AwsSolutions-IAM5[Resource::${instance}/contact/*]`,
      reason: 'One action, reading a contact of our own instance; contacts get their names when they are placed.',
    });
  }

  private acknowledgeMessages(): void {
    const messages = messagesOf(this.props.stage);
    if (messages === undefined) return;
    Validations.of(this.functionNamed('table-stream').role).acknowledge({
      id: `AwsSolutions::AwsSolutions-IAM5[Resource::${messages}]`,
      reason: 'One action, saying that a text did its work; messages get their names when they are sent.',
    });
  }

  /** The third: a device's endpoint gets its name when the device registers. */
  private acknowledgePush(): void {
    const applications = Object.values(this.props.stage.push ?? {});
    const names = (Object.keys(functions) as FunctionName[]).filter((name) => (functions[name].may as readonly string[]).includes('push:send'));
    for (const resource of applications.map(endpointsOf)) {
      for (const name of names) {
        Validations.of(this.functionNamed(name).role).acknowledge({
          id: `AwsSolutions::AwsSolutions-IAM5[Resource::${resource}]`,
          reason: 'One action, publishing to the devices of our own platform application; each gets its name when it registers.',
        });
      }
    }
  }
}
