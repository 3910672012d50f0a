/**
 * The phone call as a Standard machine: place a leg, wait until the call item says how it ended or time is up, then the
 * next leg or the end. Ids only: whether a person is signed in is decided on the user state, never here.
 *
 * `${…}` are filled in by CloudFormation (definitionSubstitutions), `{% … %}` is JSONata.
 */

/** What has to be substituted, and nothing else. */
export const phoneCallSubstitutions = ['PlaceFunction', 'EndLegFunction', 'Table'] as const;
export type PhoneCallSubstitution = (typeof phoneCallSubstitutions)[number];

/** Ringing lasts a minute, the three prompts of a flow less than that; a leg without any news is over. */
const legSeconds = 110;
/** A call challenge lives ten minutes (D2); a minute more lets the last leg be ended properly. */
const machineSeconds = 660;

const retryLambda = [
  {
    ErrorEquals: [
      'Lambda.ServiceException',
      'Lambda.AWSLambdaException',
      'Lambda.SdkClientException',
      'Lambda.TooManyRequestsException',
    ],
    IntervalSeconds: 1,
    MaxAttempts: 2,
    BackoffRate: 2,
  },
];

/** The execution's own input goes through every state unchanged; what a state learns goes into variables. */
const input = '{% $states.input %}';

/** The carrier or the table is away for a moment. No telephone rings twice: a leg keeps its token. */
const retryOutage = { ErrorEquals: ['CarrierUnavailable', 'Problem'], IntervalSeconds: 2, MaxAttempts: 3, BackoffRate: 2 };

/** Whoever waits for the call learns that it failed, and may ask for another or take another factor. */
const catchFailure = [{ ErrorEquals: ['States.ALL'], Output: input, Next: 'FailCall' }];

const ofThisCall = { challengeId: '{% $states.input.challengeId %}', callKey: '{% $states.input.callKey %}' };

const placeLeg = {
  Type: 'Task',
  Resource: 'arn:aws:states:::lambda:invoke',
  Arguments: { FunctionName: '${PlaceFunction}', Payload: ofThisCall },
  Assign: {
    next: '{% $states.result.Payload.next %}',
    // An expression without a value would fail the execution, and a call that is over has no leg.
    leg: '{% $exists($states.result.Payload.leg) ? $states.result.Payload.leg : 0 %}',
  },
  Output: input,
  TimeoutSeconds: 30,
  Retry: [...retryLambda, retryOutage],
  Catch: catchFailure,
  Next: 'Placed',
};

/**
 * Parks the task token on the call item. Refused when the leg has ended already, or another one has begun: then there
 * is nothing to wait for. The stream function sends the token back when the item learns an outcome.
 */
const awaitLeg = {
  Type: 'Task',
  Resource: 'arn:aws:states:::aws-sdk:dynamodb:updateItem.waitForTaskToken',
  Arguments: {
    TableName: '${Table}',
    Key: { pk: { S: '{% $states.input.callKey %}' }, sk: { S: 'CALL' } },
    UpdateExpression: 'SET taskToken = :token',
    ConditionExpression: '#leg = :leg AND attribute_not_exists(legOutcome)',
    ExpressionAttributeNames: { '#leg': 'leg' },
    ExpressionAttributeValues: {
      ':token': { S: '{% $states.context.Task.Token %}' },
      ':leg': { N: '{% $string($leg) %}' },
    },
  },
  Output: input,
  TimeoutSeconds: legSeconds,
  Catch: [
    {
      ErrorEquals: ['DynamoDb.ConditionalCheckFailedException', 'States.Timeout'],
      Output: input,
      Next: 'EndLeg',
    },
  ],
  Next: 'EndLeg',
};

const endLeg = {
  Type: 'Task',
  Resource: 'arn:aws:states:::lambda:invoke',
  Arguments: { FunctionName: '${EndLegFunction}', Payload: { ...ofThisCall, leg: '{% $leg %}' } },
  Assign: { next: '{% $states.result.Payload.next %}' },
  Output: input,
  TimeoutSeconds: 30,
  Retry: [...retryLambda, retryOutage],
  Catch: catchFailure,
  Next: 'Ended',
};

const failCall = {
  Type: 'Task',
  Resource: 'arn:aws:states:::lambda:invoke',
  Arguments: { FunctionName: '${EndLegFunction}', Payload: { ...ofThisCall, failed: true } },
  Output: input,
  TimeoutSeconds: 30,
  Retry: [...retryLambda, retryOutage],
  Catch: [{ ErrorEquals: ['States.ALL'], Output: input, Next: 'CallFailed' }],
  Next: 'CallFailed',
};

const when = (answer: string, next: string) => ({ Condition: `{% $next = '${answer}' %}`, Next: next });

/** The definition, as data. */
export const phoneCallDefinition = {
  Comment: 'One phone challenge: up to five legs, one at a time.',
  QueryLanguage: 'JSONata',
  TimeoutSeconds: machineSeconds,
  StartAt: 'PlaceLeg',
  States: {
    PlaceLeg: placeLeg,
    Placed: {
      Type: 'Choice',
      Choices: [when('wait', 'AwaitLeg'), when('again', 'Pause'), when('done', 'Done')],
      Default: 'FailCall',
    },
    AwaitLeg: awaitLeg,
    EndLeg: endLeg,
    Ended: { Type: 'Choice', Choices: [when('again', 'Pause'), when('done', 'Done')], Default: 'FailCall' },
    Pause: { Type: 'Wait', Seconds: 5, Next: 'PlaceLeg' },
    FailCall: failCall,
    Done: { Type: 'Succeed' },
    CallFailed: { Type: 'Fail', Error: 'CallFailed', Cause: 'A leg could not be placed or ended.' },
  },
};
