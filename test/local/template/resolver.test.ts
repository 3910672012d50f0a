import { describe, expect, it } from 'vitest';
import { createResolver } from '../../../local/template/resolver.ts';
import type { Stack, Template } from '../../../local/template/assembly.ts';

const place = { region: 'us-east-1', account: '111122223333', apiUrl: 'http://localhost:4280' };

function stack(name: string, template: Template): Stack {
  return { name, template, assets: new Map() };
}

/** What one property of a rule's role comes out as. */
function valueOf(value: unknown, more: Partial<Template> = {}, others: Stack[] = []): unknown {
  const Resources = {
    ...more.Resources,
    Topic: { Type: 'AWS::SNS::Topic', Properties: { value } },
    Queue: { Type: 'AWS::SQS::Queue', Properties: { QueueName: 'events' } },
    Table: { Type: 'AWS::DynamoDB::Table' },
  };
  const resolver = createResolver([stack('main', { ...more, Resources }), ...others], place);
  return resolver.resources('AWS::SNS::Topic')[0]?.properties['value'];
}

describe('the resolver', () => {
  const rows: [string, unknown, unknown][] = [
    ['Ref of a named resource', { Ref: 'Queue' }, 'https://sqs.us-east-1.amazonaws.com/111122223333/events'],
    ['Ref of one without a name', { Ref: 'Table' }, 'main-Table'],
    ['Ref of a pseudo parameter', { Ref: 'AWS::Region' }, 'us-east-1'],
    ['GetAtt in a list', { 'Fn::GetAtt': ['Queue', 'Arn'] }, 'arn:aws:sqs:us-east-1:111122223333:events'],
    ['GetAtt with a dot', { 'Fn::GetAtt': 'Table.StreamArn' }, 'arn:aws:dynamodb:us-east-1:111122223333:table/main-Table/stream/local'],
    ['Join', { 'Fn::Join': ['/', ['a', { Ref: 'AWS::AccountId' }]] }, 'a/111122223333'],
    ['Sub', { 'Fn::Sub': '${AWS::Partition}:${Queue.QueueName}:${!Literal}' }, 'aws:events:${Literal}'],
    ['Sub with names of its own', { 'Fn::Sub': ['${x}-${Table}', { x: { Ref: 'AWS::Region' } }] }, 'us-east-1-main-Table'],
    ['Select of a Split', { 'Fn::Select': [1, { 'Fn::Split': [':', 'a:b:c'] }] }, 'b'],
    ['nothing at all', { a: [1, { b: true }] }, { a: [1, { b: true }] }],
    ['a property without a value', { a: 1, b: { Ref: 'AWS::NoValue' } }, { a: 1 }],
  ];

  it.each(rows)('resolves %s', (_name, value, expected) => {
    expect(valueOf(value)).toEqual(expected);
  });

  it("resolves another stack's export", () => {
    const other = stack('other', {
      Resources: { Key: { Type: 'AWS::KMS::Key' } },
      Outputs: { Out: { Value: { 'Fn::GetAtt': ['Key', 'Arn'] }, Export: { Name: { 'Fn::Sub': '${AWS::StackName}:key' } } } },
    });

    expect(valueOf({ 'Fn::ImportValue': 'other:key' }, {}, [other])).toBe('arn:aws:kms:us-east-1:111122223333:key/other-Key');
  });

  it("resolves another stack's output by its name", () => {
    const other = stack('other', { Resources: {}, Outputs: { Out: { Value: 'there' } } });

    expect(valueOf({ 'Fn::GetStackOutput': { StackName: 'other', OutputName: 'Out' } }, {}, [other])).toBe('there');
  });

  it('chooses by conditions, and leaves out resources whose condition does not hold', () => {
    const more = {
      Conditions: { IsHere: { 'Fn::Equals': [{ Ref: 'AWS::Region' }, 'us-east-1'] }, IsNot: { 'Fn::Not': [{ Condition: 'IsHere' }] } },
      Resources: { Away: { Type: 'AWS::SNS::Topic', Condition: 'IsNot' } },
    };

    expect(valueOf({ 'Fn::If': ['IsHere', 'yes', 'no'] }, more)).toBe('yes');
    expect(valueOf({ 'Fn::If': ['IsNot', 'yes', 'no'] }, more)).toBe('no');
  });

  it('takes the default of a parameter', () => {
    expect(valueOf({ Ref: 'P' }, { Parameters: { P: { Default: 'd' } } })).toBe('d');
  });

  it.each([
    ['a function that it does not know', { 'Fn::Base64': 'x' }, 'Fn::Base64'],
    ['an attribute that it does not know', { 'Fn::GetAtt': ['Queue', 'Color'] }, 'Queue.Color'],
    ['a resource that is not there', { Ref: 'Nobody' }, 'Nobody'],
    ['an export that is not there', { 'Fn::ImportValue': 'none' }, 'No stack exports none'],
    ['a type that it does not know', { Ref: 'Fleet' }, 'AWS::EC2::Fleet'],
  ])('refuses %s', (_name, value, words) => {
    expect(() => valueOf(value, { Resources: { Fleet: { Type: 'AWS::EC2::Fleet' } } })).toThrow(words);
  });
});
