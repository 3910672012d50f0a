import { describe, expect, it } from 'vitest';

import { pageRoutes, sharedRoutes } from '../../shared/contract/page-routes.ts';
import { routes as ofPortals } from '../../shared/contract/routes.ts';
import { onlyOne, resourcesOf, stageNamed, synthesize } from './synthesize.ts';

const stage = stageNamed('full');
const { service, web } = synthesize(stage);
const routes = [...ofPortals, ...pageRoutes, ...sharedRoutes];

interface Join {
  readonly 'Fn::Join': [string, [string, { readonly Ref: string }]];
}

/** The name of the function that an integration calls. */
function functionBehind(integrationId: string): string {
  const uri = resourcesOf(service).get(integrationId)?.Properties['IntegrationUri'] as {
    'Fn::GetAtt': [string, string];
  };
  const name = resourcesOf(service).get(uri['Fn::GetAtt'][0])?.Properties['FunctionName'] as string;
  return name.replace('countersign-full-', '');
}

describe('the HTTP API', () => {
  it('has the routes of the contract, each to its function, and one for what is no route', () => {
    const made = [...resourcesOf(service, 'AWS::ApiGatewayV2::Route').values()].map(({ Properties }) => [
      Properties['RouteKey'],
      functionBehind((Properties['Target'] as Join)['Fn::Join'][1][1].Ref),
    ]);

    expect(new Map(made as [string, string][])).toEqual(
      new Map([...routes.map((route) => [`${route.method} ${route.path}`, route.function] as const), ['$default', 'api-service']]),
    );
    expect(made).toHaveLength(routes.length + 1);
  });

  it('has one integration for each function, with payload 2.0', () => {
    const integrations = [...resourcesOf(service, 'AWS::ApiGatewayV2::Integration').values()];

    expect(integrations).toHaveLength(new Set(routes.map((route) => route.function)).size);
    expect(new Set(integrations.map(({ Properties }) => Properties['PayloadFormatVersion']))).toEqual(new Set(['2.0']));
  });

  it('can be called by no page of another site: it answers no preflight', () => {
    expect(onlyOne(web, 'AWS::ApiGatewayV2::Api').Properties).not.toHaveProperty('CorsConfiguration');
  });

  it('is throttled as the stage says', () => {
    expect(onlyOne(web, 'AWS::ApiGatewayV2::Stage').Properties['DefaultRouteSettings']).toEqual({
      ThrottlingRateLimit: stage.throttle.requestsPerSecond,
      ThrottlingBurstLimit: stage.throttle.burst,
    });
  });

  it('logs each access without path, query, body or header', () => {
    const { AccessLogSettings } = onlyOne(web, 'AWS::ApiGatewayV2::Stage').Properties as {
      AccessLogSettings: { Format: string };
    };

    expect(Object.values(JSON.parse(AccessLogSettings.Format) as Record<string, string>).sort()).toEqual([
      '$context.identity.sourceIp',
      '$context.integrationLatency',
      '$context.integrationStatus',
      '$context.requestId',
      '$context.requestTimeEpoch',
      '$context.responseLatency',
      '$context.responseLength',
      '$context.routeKey',
      '$context.status',
    ]);
  });

  it('may call the functions of its routes, and only this API may', () => {
    const permissions = [...resourcesOf(service, 'AWS::Lambda::Permission').values()]
      .map(({ Properties }) => Properties)
      .filter(({ Principal }) => Principal === 'apigateway.amazonaws.com');

    expect(permissions).toHaveLength(new Set(routes.map((route) => route.function)).size);
    for (const { SourceArn } of permissions) {
      expect(JSON.stringify(SourceArn)).toMatch(/execute-api.*HttpApi.*\/\*\/\*/);
    }
  });

  it('answers at the address that API Gateway gives where the stage has no domain', () => {
    expect(issuers(service)).toEqual([{ 'Fn::ImportValue': expect.stringMatching(/web:ExportsOutputFnGetAttHttpApi\w+ApiEndpoint/) }]);
  });

  it('answers at its own domain alone where it has one', () => {
    const certificateArn = 'arn:aws:acm:us-east-1:111122223333:certificate/0';
    const { service: own, web: ownFront } = synthesize({
      ...stageNamed('small'),
      domain: { name: 'mfa.example.com', certificateArn },
    });

    expect(issuers(own)).toEqual(['https://mfa.example.com']);
    expect(onlyOne(ownFront, 'AWS::ApiGatewayV2::Api').Properties['DisableExecuteApiEndpoint']).toBe(true);
    expect(onlyOne(ownFront, 'AWS::ApiGatewayV2::DomainName').Properties).toMatchObject({
      DomainName: 'mfa.example.com',
      DomainNameConfigurations: [{ CertificateArn: certificateArn, SecurityPolicy: 'TLS_1_2' }],
    });
  });
});

function issuers(template: typeof service): unknown[] {
  const found = [...resourcesOf(template, 'AWS::Lambda::Function').values()].map(
    ({ Properties }) =>
      (Properties['Environment'] as { Variables: Record<string, unknown> }).Variables['COUNTERSIGN_ISSUER'],
  );
  return [...new Set(found.filter((issuer) => issuer !== undefined).map((issuer) => JSON.stringify(issuer)))].map(
    (issuer) => JSON.parse(issuer) as unknown,
  );
}
