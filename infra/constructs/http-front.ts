/** The HTTP API's front: its address, its stage, its access log. Routes are the service's (http-routes.ts). */
import { AccessLogField, AccessLogFormat } from 'aws-cdk-lib/aws-apigateway';
import {
  DomainName,
  HttpApi,
  HttpStage,
  LogGroupLogDestination,
  SecurityPolicy,
} from 'aws-cdk-lib/aws-apigatewayv2';
import { Certificate } from 'aws-cdk-lib/aws-certificatemanager';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { RemovalPolicy } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';

import { nameIn, type Stage } from '../stages.ts';

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

export class HttpFront extends Construct {
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

  private makeDomain({ name, certificateArn }: NonNullable<Stage['domain']>): DomainName {
    return new DomainName(this, 'Domain', {
      domainName: name,
      certificate: Certificate.fromCertificateArn(this, 'Certificate', certificateArn),
      securityPolicy: SecurityPolicy.TLS_1_2,
    });
  }
}
