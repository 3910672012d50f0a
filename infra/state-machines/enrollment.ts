/**
 * An enrollment as a Standard machine: mail what is due, wait until something changes or time is up, again. Ids only: who is invited,
 * and until when, is decided on the user state, and the link is in the mail and nowhere else.
 *
 * `${…}` are filled in by CloudFormation (definitionSubstitutions), `{% … %}` is JSONata.
 */

/** What has to be substituted, and nothing else. */
export const enrollmentSubstitutions = ['AdvanceFunction', 'Table'] as const;
export type EnrollmentSubstitution = (typeof enrollmentSubstitutions)[number];

/** Ten invitations of a day each, a registration after the last, and room to end properly. */
const machineSeconds = 12 * 24 * 3600;

/** The execution's own input goes through every state unchanged; what a state learns goes into variables. */
const input = '{% $states.input %}';

/** Another run of the step is mailing, or the carrier is away: for about two hours, then it is given up. */
const retry = [{ ErrorEquals: ['States.ALL'], IntervalSeconds: 5, MaxAttempts: 18, BackoffRate: 2, MaxDelaySeconds: 600 }];

const ofThisEnrollment = { enrollmentId: '{% $states.input.enrollmentId %}' };

const advance = {
  Type: 'Task',
  Resource: 'arn:aws:states:::lambda:invoke',
  Arguments: { FunctionName: '${AdvanceFunction}', Payload: ofThisEnrollment },
  Assign: {
    next: '{% $states.result.Payload.next %}',
    generation: '{% $states.result.Payload.generation %}',
    state: '{% $states.result.Payload.state %}',
    seconds: '{% $states.result.Payload.seconds %}',
  },
  Output: input,
  TimeoutSeconds: 40,
  Retry: retry,
  Catch: [{ ErrorEquals: ['States.ALL'], Output: input, Next: 'FailEnrollment' }],
  Next: 'Advanced',
};

/**
 * Parks the task token on the enrollment's record. Refused when that has gone on already: then there is nothing to wait for. The stream
 * function sends the token back when the record changes.
 */
const awaitChange = {
  Type: 'Task',
  Resource: 'arn:aws:states:::aws-sdk:dynamodb:updateItem.waitForTaskToken',
  Arguments: {
    TableName: '${Table}',
    Key: { pk: { S: '{% $states.input.enrollmentKey %}' }, sk: { S: 'ENROLLMENT' } },
    UpdateExpression: 'SET taskToken = :token',
    ConditionExpression: '#state = :state AND generation = :generation',
    ExpressionAttributeNames: { '#state': 'state' },
    ExpressionAttributeValues: {
      ':token': { S: '{% $states.context.Task.Token %}' },
      ':state': { S: '{% $state %}' },
      ':generation': { N: '{% $string($generation) %}' },
    },
  },
  Output: input,
  TimeoutSeconds: '{% $seconds %}',
  Catch: [
    { ErrorEquals: ['DynamoDb.ConditionalCheckFailedException', 'States.Timeout'], Output: input, Next: 'Advance' },
    { ErrorEquals: ['States.ALL'], Output: input, Next: 'Pause' },
  ],
  Next: 'Advance',
};

const failEnrollment = {
  Type: 'Task',
  Resource: 'arn:aws:states:::lambda:invoke',
  Arguments: { FunctionName: '${AdvanceFunction}', Payload: { ...ofThisEnrollment, failed: true } },
  Output: input,
  TimeoutSeconds: 40,
  Retry: retry,
  Catch: [{ ErrorEquals: ['States.ALL'], Output: input, Next: 'EnrollmentFailed' }],
  Next: 'EnrollmentFailed',
};

const when = (answer: string, next: string) => ({ Condition: `{% $next = '${answer}' %}`, Next: next });

/** The definition, as data. */
export const enrollmentDefinition = {
  Comment: 'One enrollment: invitation, reminder, and its end.',
  QueryLanguage: 'JSONata',
  TimeoutSeconds: machineSeconds,
  StartAt: 'Advance',
  States: {
    Advance: advance,
    Advanced: { Type: 'Choice', Choices: [when('wait', 'AwaitChange'), when('done', 'Done')], Default: 'FailEnrollment' },
    AwaitChange: awaitChange,
    Pause: { Type: 'Wait', Seconds: 30, Next: 'Advance' },
    FailEnrollment: failEnrollment,
    Done: { Type: 'Succeed' },
    EnrollmentFailed: { Type: 'Fail', Error: 'EnrollmentFailed', Cause: 'The invitation could not be mailed.' },
  },
};
