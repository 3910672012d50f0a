/** The hosted pages: a private bucket, CloudFront before it, and behind the same address the requests that pages make. */
import { Certificate } from 'aws-cdk-lib/aws-certificatemanager';
import {
  AllowedMethods,
  CachePolicy,
  Distribution,
  HeadersFrameOption,
  HeadersReferrerPolicy,
  HttpVersion,
  OriginRequestPolicy,
  PriceClass,
  ResponseHeadersPolicy,
  SecurityPolicyProtocol,
  ViewerProtocolPolicy,
  type BehaviorOptions,
} from 'aws-cdk-lib/aws-cloudfront';
import { HttpOrigin, S3BucketOrigin } from 'aws-cdk-lib/aws-cloudfront-origins';
import { BlockPublicAccess, Bucket, BucketEncryption, type IBucket } from 'aws-cdk-lib/aws-s3';
import { Duration, Fn, RemovalPolicy, Validations } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';

import { apiPaths, pageHeaders } from '../../shared/contract/page-headers.ts';
import { nameIn, type Stage } from '../stages.ts';

export interface HostedPagesProps {
  readonly stage: Stage;
  /** The API's base address. */
  readonly apiAddress: string;
}

const own = ['permissions-policy', 'cross-origin-opener-policy', 'cross-origin-resource-policy'] as const;

function headersPolicy(scope: Construct, stage: Stage): ResponseHeadersPolicy {
  const [, maxAge = '0'] = /max-age=(\d+)/.exec(pageHeaders['strict-transport-security']) ?? [];
  return new ResponseHeadersPolicy(scope, 'Headers', {
    responseHeadersPolicyName: nameIn(stage, 'pages'),
    securityHeadersBehavior: {
      contentSecurityPolicy: { contentSecurityPolicy: pageHeaders['content-security-policy'], override: true },
      contentTypeOptions: { override: true },
      frameOptions: { frameOption: HeadersFrameOption.DENY, override: true },
      referrerPolicy: { referrerPolicy: HeadersReferrerPolicy.NO_REFERRER, override: true },
      strictTransportSecurity: { accessControlMaxAge: Duration.seconds(Number(maxAge)), includeSubdomains: true, override: true },
    },
    customHeadersBehavior: { customHeaders: own.map((header) => ({ header, value: pageHeaders[header], override: true })) },
  });
}

export class HostedPages extends Construct {
  readonly bucket: IBucket;
  readonly distribution: Distribution;
  /** Where people find the pages, without a slash at the end. */
  readonly address: string;

  constructor(scope: Construct, id: string, { stage, apiAddress }: HostedPagesProps) {
    super(scope, id);
    this.bucket = new Bucket(this, 'Files', {
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      encryption: BucketEncryption.S3_MANAGED,
      enforceSSL: true,
      // Every file is made again by the next deployment.
      removalPolicy: RemovalPolicy.DESTROY,
    }) as IBucket;
    const responseHeadersPolicy = headersPolicy(this, stage);
    const api: BehaviorOptions = {
      origin: new HttpOrigin(Fn.select(2, Fn.split('/', apiAddress))),
      allowedMethods: AllowedMethods.ALLOW_ALL,
      cachePolicy: CachePolicy.CACHING_DISABLED,
      originRequestPolicy: OriginRequestPolicy.ALL_VIEWER_EXCEPT_HOST_HEADER,
      viewerProtocolPolicy: ViewerProtocolPolicy.HTTPS_ONLY,
    };
    const { pages } = stage;
    this.distribution = new Distribution(this, 'Distribution', {
      comment: nameIn(stage, 'pages'),
      defaultBehavior: {
        origin: S3BucketOrigin.withOriginAccessControl(this.bucket),
        cachePolicy: CachePolicy.CACHING_OPTIMIZED,
        responseHeadersPolicy,
        viewerProtocolPolicy: ViewerProtocolPolicy.REDIRECT_TO_HTTPS,
      },
      additionalBehaviors: Object.fromEntries(apiPaths.map((path) => [`${path}*`, api])),
      httpVersion: HttpVersion.HTTP2_AND_3,
      priceClass: PriceClass.PRICE_CLASS_100,
      ...(pages ? { domainNames: [pages.name], certificate: Certificate.fromCertificateArn(this, 'Certificate', pages.certificateArn) } : {}),
      minimumProtocolVersion: SecurityPolicyProtocol.TLS_V1_2_2021,
    });
    this.address = `https://${pages?.name ?? this.distribution.distributionDomainName}`;
    this.acknowledge(pages !== undefined);
  }

  private acknowledge(hasDomain: boolean): void {
    Validations.of(this.bucket).acknowledge({
      id: 'AwsSolutions::AwsSolutions-S1',
      reason: 'Only CloudFront reads it, and what it holds is public: a log would say that pages were loaded.',
    });
    const reasons: Readonly<Record<string, string>> = {
      CFR1: 'People sign in from wherever they are; a policy, not a map, says whom to call.',
      CFR2: 'The files are static; the requests behind them are throttled by the API and capped on each person\'s item.',
      CFR3: 'What pages ask is in the API\'s access log, by route; a second log would add which files were loaded.',
      ...(hasDomain ? {} : { CFR4: 'CloudFront\'s own name comes with its own certificate and protocols; a stage with a domain has TLS 1.2 at least.' }),
    };
    for (const [rule, reason] of Object.entries(reasons)) {
      Validations.of(this.distribution).acknowledge({ id: `AwsSolutions::AwsSolutions-${rule}`, reason });
    }
  }
}
