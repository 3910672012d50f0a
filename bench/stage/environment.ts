/** What Lambda and the template put into a function's environment, pointed at endpoints of this machine. */
export interface Endpoints {
  /** DynamoDB's. */
  readonly table: string;
  /** Every other service's. */
  readonly others: string;
}

export const tableName = 'countersign-bench';
export const issuer = 'https://api.countersign.example';

export function environmentOf({ table, others }: Endpoints): Readonly<Record<string, string>> {
  const instance = 'arn:aws:connect:us-east-1:111122223333:instance/00000000-1111-4222-8333-444444444444';
  return {
    AWS_REGION: 'us-east-1',
    AWS_ACCESS_KEY_ID: 'local',
    AWS_SECRET_ACCESS_KEY: 'local',
    AWS_ENDPOINT_URL: others,
    AWS_ENDPOINT_URL_DYNAMODB: table,
    COUNTERSIGN_STAGE: 'bench',
    COUNTERSIGN_TABLE: tableName,
    COUNTERSIGN_ROOT_KEY: 'arn:aws:kms:us-east-1:111122223333:key/00000000-1111-4222-8333-444444444444',
    COUNTERSIGN_ISSUER: issuer,
    COUNTERSIGN_PAGES: 'https://pages.countersign.example',
    COUNTERSIGN_PHONE_CALL_MACHINE: 'arn:aws:states:us-east-1:111122223333:stateMachine:phone-call',
    COUNTERSIGN_CONNECT_INSTANCE: instance,
    COUNTERSIGN_CONNECT_FLOWS: JSON.stringify({ key: `${instance}/contact-flow/1`, entry: `${instance}/contact-flow/2` }),
    COUNTERSIGN_CALLER_NUMBER: '+12025550100',
    COUNTERSIGN_PUSH: '{}',
    COUNTERSIGN_MAIL_FROM: 'no-reply@countersign.example',
  };
}
