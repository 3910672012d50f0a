/** Who is told when something fails: a topic, alarms that say who is hurt, and a dashboard where it may cost. */
import { Dashboard, GraphWidget, type Alarm } from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import { CfnOutput, Stack, type StackProps } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';

import { alarmOn, metricOf, watchedIn, type Watched, type WatchedThings } from '../constructs/alarms.ts';
import { nameIn, type Stage } from '../stages.ts';

export interface WatchStackProps extends StackProps {
  readonly stage: Stage;
  readonly dataKey: IKey;
  readonly things: WatchedThings;
}

export class WatchStack extends Stack {
  constructor(scope: Construct, id: string, props: WatchStackProps) {
    super(scope, id, props);
    const { stage, dataKey, things } = props;
    const topic = new Topic(this, 'Alarms', {
      topicName: nameIn(stage, 'alarms'),
      masterKey: dataKey,
      enforceSSL: true,
    });
    // A topic with a policy of its own has lost the default one, by which the account's alarms could publish.
    topic.addToResourcePolicy(
      new PolicyStatement({
        sid: 'Alarms',
        principals: [new ServicePrincipal('cloudwatch.amazonaws.com')],
        actions: ['sns:Publish'],
        resources: [topic.topicArn],
        conditions: { StringEquals: { 'aws:SourceAccount': this.account } },
      }),
    );
    if (stage.alarmEmail) topic.addSubscription(new EmailSubscription(stage.alarmEmail));
    const rows = watchedIn(this, stage, things);
    for (const row of rows) this.tell(topic, alarmOn(this, stage, row));
    if (stage.watch === 'full') this.draw(stage, rows);
    new CfnOutput(this, 'AlarmTopic', { value: topic.topicArn });
  }

  private tell(topic: Topic, alarm: Alarm): void {
    const action = new SnsAction(topic);
    alarm.addAlarmAction(action);
    alarm.addOkAction(action);
  }

  /** One graph for each service: what is alarmed about, over time. */
  private draw(stage: Stage, rows: readonly Watched[]): void {
    const dashboard = new Dashboard(this, 'Dashboard', { dashboardName: nameIn(stage, 'service') });
    for (const namespace of new Set(rows.map((row) => row.namespace))) {
      const left = rows.filter((row) => row.namespace === namespace).map((row) => metricOf(row));
      dashboard.addWidgets(new GraphWidget({ title: namespace, left, width: 12 }));
    }
  }
}
