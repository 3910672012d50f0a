/** The HTTP API: every row of shared/contract/routes.ts is one route, every function one integration. */
import { AccessLogField, AccessLogFormat } from 'aws-cdk-lib/aws-apigateway';
import {
  CfnIntegration,
  CfnRoute,
  DomainName,
  HttpApi,
  HttpStage,
  LogGroupLogDestination,
  SecurityPolicy,
} from 'aws-cdk-lib/aws-apigatewayv2';
import { Certificate } from 'aws-cdk-lib/aws-certificatemanager';
import { ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { RemovalPolicy, Stack, Validations } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';

import { routes } from '../../shared/contract/routes.ts';
import { nameIn, type Stage } from '../stages.ts';
import { logicalName } from './countersign-function.ts';

/** The route's pattern, never the path: a path holds organization and user ids. No body, query or header is logged. */
const accessLog = {
  time: AccessLogField.contextRequestTimeEpoch(),
  requestId: AccessLogField.contextRequestId(),
  ip: AccessLogField.contextIdentitySourceIp(),
  route: AccessLogField.contextRouteKey(),
  status: AccessLogField.contextStatus(),
  responseBytes: AccessLogField.contextResponseLength(),
  latencyMilliseconds: AccessLogField.contextResponseLatency(),
  integrationMilliseconds: AccessLogField.contextIntegrationLatency(),
  integrationStatus: AccessLogField.contextIntegrationStatus(),
};

/** It asks nobody for a key, and reads nothing to say that there is nothing. */
const answersTheRest: (typeof routes)[number]['function'] = 'api-service';

export class HttpRoutes extends Construct {
  readonly api: HttpApi;
  readonly stage: HttpStage;
  /** The base address, which results name as their issuer. */
  readonly address: string;
  readonly domainTarget?: string;

  constructor(scope: Construct, id: string, stage: Stage) {
    super(scope, id);
    this.api = new HttpApi(this, 'Api', {
      apiName: nameIn(stage, 'api'),
      createDefaultStage: false,
      disableExecuteApiEndpoint: stage.domain !== undefined,
    });
    const domain = stage.domain && this.makeDomain(stage.domain);
    if (domain) this.domainTarget = domain.regionalDomainName;
    this.address = stage.domain ? `https://${stage.domain.name}` : this.api.apiEndpoint;
    const logGroup = new LogGroup(this, 'AccessLogs', {
      logGroupName: `/aws/apigateway/${nameIn(stage, 'api')}`,
      retention: stage.logRetentionDays,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    this.stage = new HttpStage(this, 'Stage', {
      httpApi: this.api,
      stageName: '$default',
      autoDeploy: true,
      throttle: { rateLimit: stage.throttle.requestsPerSecond, burstLimit: stage.throttle.burst },
      accessLogSettings: {
        destination: new LogGroupLogDestination(logGroup),
        format: AccessLogFormat.custom(JSON.stringify(accessLog)),
      },
      ...(domain ? { domainMapping: { domainName: domain } } : {}),
    });
  }

  private route(id: string, routeKey: string, { ref }: CfnIntegration): void {
    const target = `integrations/${ref}`;
    new CfnRoute(this, id, { apiId: this.api.apiId, routeKey, authorizationType: 'NONE', target });
  }

  private makeDomain({ name, certificateArn }: NonNullable<Stage['domain']>): DomainName {
    return new DomainName(this, 'Domain', {
      domainName: name,
      certificate: Certificate.fromCertificateArn(this, 'Certificate', certificateArn),
      securityPolicy: SecurityPolicy.TLS_1_2,
    });
  }

  /**
   * Leads every route to the function that answers it. A route's logical id is its operation: a path may change in
   * place. Whatever is no route is answered by the service's own function, so that its 404 is a problem like every other
   * (RFC 9457); what the gateway refuses before any route (a malformed request, one over 10 MB) is its own to word.
   */
  connect(lambdaOf: (name: string) => IFunction): void {
    const sourceArn = Stack.of(this).formatArn({
      service: 'execute-api',
      resource: this.api.apiId,
      resourceName: '*/*',
    });
    for (const name of new Set<string>(routes.map((route) => route.function))) {
      const lambda = lambdaOf(name);
      lambda.addPermission('FromApi', { principal: new ServicePrincipal('apigateway.amazonaws.com'), sourceArn });
      const integration = new CfnIntegration(this, logicalName(name), {
        apiId: this.api.apiId,
        integrationType: 'AWS_PROXY',
        integrationUri: lambda.functionArn,
        payloadFormatVersion: '2.0',
      });
      for (const { method, path, operation } of routes.filter((route) => route.function === name)) {
        this.route(logicalName(operation), `${method} ${path}`, integration);
      }
      if (name === answersTheRest) this.route('NoRoute', '$default', integration);
    }
    Validations.of(this).acknowledge({
      id: 'AwsSolutions::AwsSolutions-APIG4',
      reason: 'Each function checks the client key in the same read as the data; an authorizer would read it twice.',
    });
  }
}
