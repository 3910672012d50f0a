/** Which resources of the template do nothing on one machine, so that nobody is surprised later. */

/** What this folder runs or reads. */
const run = [
  'AWS::ApiGatewayV2::Api',
  'AWS::ApiGatewayV2::Integration',
  'AWS::ApiGatewayV2::Route',
  'AWS::ApiGatewayV2::Stage',
  'AWS::Connect::ContactFlow',
  'AWS::Connect::Instance',
  'AWS::Connect::PhoneNumber',
  'AWS::DynamoDB::Table',
  'AWS::Events::Rule',
  'AWS::KMS::Alias',
  'AWS::KMS::Key',
  'AWS::Lambda::EventSourceMapping',
  'AWS::Lambda::Function',
  'AWS::SES::ConfigurationSetEventDestination',
  'AWS::SMSVOICE::ConfigurationSet',
  'AWS::SNS::Subscription',
  'AWS::SNS::Topic',
  'AWS::SNS::TopicPolicy',
  'AWS::SQS::Queue',
  'AWS::StepFunctions::StateMachine',
];

/** What has no effect that could be missed: permissions, logs, alarms, names that mail is sent from; hosted-pages/ serves the pages. */
const withoutEffect = [
  'AWS::CDK::Metadata',
  'AWS::CloudFront::Distribution',
  'AWS::CloudFront::OriginAccessControl',
  'AWS::CloudFront::ResponseHeadersPolicy',
  'AWS::CloudWatch::Alarm',
  'AWS::CloudWatch::CompositeAlarm',
  'AWS::CloudWatch::Dashboard',
  'AWS::Connect::IntegrationAssociation',
  'AWS::IAM::Policy',
  'AWS::IAM::Role',
  'AWS::Lambda::Permission',
  'AWS::Logs::LogGroup',
  'AWS::Logs::MetricFilter',
  'AWS::S3::Bucket',
  'AWS::S3::BucketPolicy',
  'AWS::SES::ConfigurationSet',
  'AWS::SES::EmailIdentity',
  'AWS::SQS::QueuePolicy',
];

export function typesNotRun(types: ReadonlySet<string>): string[] {
  return [...types].filter((type) => !run.includes(type) && !withoutEffect.includes(type)).sort();
}
