/** What CloudFormation would answer for a resource's Ref and GetAtt, had it made the resource in this place. */

/** Where the stack pretends to be. */
export interface Place {
  readonly region: string;
  readonly account: string;
  readonly apiUrl: string;
}

/** Stands for CloudFront's name of the hosted pages, which here have an address with a port, and no TLS. */
export const pagesDomain = 'pages.invalid';

export interface Identity {
  readonly ref: string;
  readonly attributes: Readonly<Record<string, string>>;
}

interface Subject {
  /** The name given in the template, else one made of stack and logical id, as CloudFormation does. */
  readonly name: string;
  readonly properties: Readonly<Record<string, unknown>>;
  readonly place: Place;
}

type Rule = (subject: Subject) => Identity;

function arn({ place }: Subject, service: string, rest: string): string {
  return `arn:aws:${service}:${place.region}:${place.account}:${rest}`;
}

type More = (arn: string, subject: Subject) => Record<string, string>;

/** Ref is the name, and there is an Arn. */
const named =
  (service: string, prefix: string, more: More = () => ({})): Rule =>
  (subject) => {
    const Arn = arn(subject, service, prefix + subject.name);
    return { ref: subject.name, attributes: { Arn, ...more(Arn, subject) } };
  };

/** Ref is the ARN. */
const byArn =
  (service: string, prefix: string, more: More): Rule =>
  (subject) => {
    const ref = arn(subject, service, prefix + subject.name);
    return { ref, attributes: more(ref, subject) };
  };

/** A version or an alias: the function's ARN and a qualifier. */
const qualified =
  (qualifier: (subject: Subject) => string): Rule =>
  (subject) => {
    const ref = `${String(subject.properties['FunctionName'])}:${qualifier(subject)}`;
    return { ref, attributes: { Version: '1', FunctionArn: ref, AliasArn: ref } };
  };

/** The resource types whose Ref or attributes something on one machine asks for. */
const rules: Readonly<Record<string, Rule>> = {
  'AWS::ApiGatewayV2::Api': ({ name, place }) => ({
    ref: name,
    attributes: { ApiId: name, ApiEndpoint: place.apiUrl },
  }),
  'AWS::ApiGatewayV2::Integration': ({ name }) => ({ ref: name, attributes: {} }),
  'AWS::CloudFront::Distribution': ({ name }) => ({ ref: name, attributes: { Id: name, DomainName: pagesDomain } }),
  'AWS::CloudFront::OriginAccessControl': ({ name }) => ({ ref: name, attributes: { Id: name } }),
  'AWS::CloudFront::ResponseHeadersPolicy': ({ name }) => ({ ref: name, attributes: { Id: name } }),
  'AWS::Connect::ContactFlow': byArn('connect', 'instance/local/contact-flow/', (ContactFlowArn) => {
    return { ContactFlowArn };
  }),
  'AWS::Connect::Instance': byArn('connect', 'instance/', (Arn, { name }) => ({ Arn, Id: name })),
  'AWS::Connect::PhoneNumber': byArn('connect', 'phone-number/', (PhoneNumberArn) => {
    return { PhoneNumberArn, Address: '+12025550100' };
  }),
  'AWS::DynamoDB::Table': named('dynamodb', 'table/', (Arn) => ({ StreamArn: `${Arn}/stream/local` })),
  'AWS::Events::Rule': named('events', 'rule/'),
  'AWS::IAM::Role': (subject) => {
    const Arn = `arn:aws:iam::${subject.place.account}:role/${subject.name}`;
    return { ref: subject.name, attributes: { Arn, RoleId: 'AROALOCAL' } };
  },
  'AWS::KMS::Alias': ({ properties }) => ({ ref: String(properties['AliasName']), attributes: {} }),
  'AWS::KMS::Key': named('kms', 'key/', (_, { name }) => ({ KeyId: name })),
  'AWS::Lambda::Alias': qualified(({ properties }) => String(properties['Name'])),
  'AWS::Lambda::Function': named('lambda', 'function:'),
  'AWS::Lambda::Version': qualified(() => '1'),
  'AWS::Logs::LogGroup': named('logs', 'log-group:', (Arn) => ({ LogGroupArn: Arn })),
  'AWS::S3::Bucket': (subject) => ({ ref: subject.name, attributes: { Arn: `arn:aws:s3:::${subject.name}`, RegionalDomainName: `${subject.name}.s3.amazonaws.com` } }),
  'AWS::SES::ConfigurationSet': named('ses', 'configuration-set/'),
  'AWS::SES::EmailIdentity': named('ses', 'identity/'),
  'AWS::SNS::Topic': byArn('sns', '', (TopicArn, { name }) => ({ TopicArn, TopicName: name })),
  'AWS::SQS::Queue': (subject) => {
    const { region, account } = subject.place;
    const ref = `https://sqs.${region}.amazonaws.com/${account}/${subject.name}`;
    return { ref, attributes: { Arn: arn(subject, 'sqs', subject.name), QueueName: subject.name, QueueUrl: ref } };
  },
  'AWS::StepFunctions::StateMachine': byArn('states', 'stateMachine:', (Arn, { name }) => ({ Arn, Name: name })),
};

/** The property that names a resource, where its type has one. */
const nameProperties: Readonly<Record<string, string>> = {
  'AWS::Connect::Instance': 'InstanceAlias',
  'AWS::DynamoDB::Table': 'TableName',
  'AWS::Events::Rule': 'Name',
  'AWS::IAM::Role': 'RoleName',
  'AWS::Lambda::Function': 'FunctionName',
  'AWS::Logs::LogGroup': 'LogGroupName',
  'AWS::S3::Bucket': 'BucketName',
  'AWS::SES::ConfigurationSet': 'Name',
  'AWS::SES::EmailIdentity': 'EmailIdentity',
  'AWS::SNS::Topic': 'TopicName',
  'AWS::SQS::Queue': 'QueueName',
  'AWS::StepFunctions::StateMachine': 'StateMachineName',
};

/** The property to look up for the name, if the type has one. */
export function nameProperty(type: string): string | undefined {
  return nameProperties[type];
}

/** Ref and attributes of a resource, or undefined for a type that nothing here knows. */
export function identify(type: string, subject: Subject): Identity | undefined {
  return rules[type]?.(subject);
}
