import { join } from 'node:path';
import { App } from 'aws-cdk-lib/core';
import { Template } from 'aws-cdk-lib/assertions';
import { describe, expect, it } from 'vitest';

import { addStage } from '../../infra/build-app.ts';
import { apiPaths, pageHeaders } from '../../shared/contract/page-headers.ts';
import { emptyBundle, onlyOne, resourcesOf, stageNamed, synthesize, temporaryFolder } from './synthesize.ts';

const { web } = synthesize(stageNamed('full'));

interface Behavior {
  readonly PathPattern?: string;
  readonly TargetOriginId: string;
  readonly ViewerProtocolPolicy: string;
  readonly AllowedMethods?: readonly string[];
  readonly CachePolicyId: string;
  readonly OriginRequestPolicyId?: string;
}

const distributionOf = (template: Template) =>
  onlyOne(template, 'AWS::CloudFront::Distribution').Properties['DistributionConfig'] as {
    DefaultCacheBehavior: Behavior & { ResponseHeadersPolicyId: unknown };
    CacheBehaviors: readonly Behavior[];
    Aliases?: readonly string[];
    ViewerCertificate?: Record<string, unknown>;
  };

describe('the hosted pages in AWS', () => {
  it('lie in a bucket that only their own distribution may read, over TLS', () => {
    expect(onlyOne(web, 'AWS::S3::Bucket').Properties['PublicAccessBlockConfiguration']).toEqual({ BlockPublicAcls: true, BlockPublicPolicy: true, IgnorePublicAcls: true, RestrictPublicBuckets: true });
    const policy = JSON.stringify(onlyOne(web, 'AWS::S3::BucketPolicy').Properties);
    expect(policy).toContain('"aws:SecureTransport":"false"');
    expect(policy).toMatch(/"AWS:SourceArn":.*distribution/);
    expect(onlyOne(web, 'AWS::CloudFront::OriginAccessControl').Properties).toMatchObject({ OriginAccessControlConfig: { SigningBehavior: 'always', SigningProtocol: 'sigv4' } });
  });

  it('come with the headers of the contract, every one', () => {
    const text = JSON.stringify(onlyOne(web, 'AWS::CloudFront::ResponseHeadersPolicy').Properties);
    const { 'strict-transport-security': _hsts, 'x-content-type-options': _nosniff, 'x-frame-options': _frames, ...said } = pageHeaders;

    for (const value of Object.values(said)) expect(text).toContain(JSON.stringify(value).slice(1, -1));
    expect(text).toContain('"AccessControlMaxAgeSec":63072000');
    expect(text).toContain('"FrameOption":"DENY"');
    expect(text).toContain('"ContentTypeOptions":{"Override":true}');
    expect(distributionOf(web).DefaultCacheBehavior).toMatchObject({ ViewerProtocolPolicy: 'redirect-to-https', ResponseHeadersPolicyId: { Ref: expect.stringMatching(/^PagesHeaders/) } });
  });

  it('pass what pages ask on to the API, never kept, with everything that the browser sent but its host', () => {
    const { CacheBehaviors } = distributionOf(web);

    expect(CacheBehaviors.map(({ PathPattern }) => PathPattern)).toEqual(apiPaths.map((path) => `${path}*`));
    for (const behavior of CacheBehaviors) {
      expect(behavior).toMatchObject({
        ViewerProtocolPolicy: 'https-only',
        // The managed policies CachingDisabled and AllViewerExceptHostHeader.
        CachePolicyId: '4135ea2d-6df8-44a3-9df3-4b5a84be39ad',
        OriginRequestPolicyId: 'b689b0a8-53d0-40ab-baf2-68738e2966ac',
      });
      expect(behavior.AllowedMethods).toContain('POST');
    }
  });

  it('have their own name, with TLS 1.2 at least, where the stage gives one', () => {
    const certificateArn = 'arn:aws:acm:us-east-1:111122223333:certificate/0';
    const { web: named, service } = synthesize({ ...stageNamed('small'), pages: { name: 'signin.example.com', certificateArn } });

    expect(distributionOf(named)).toMatchObject({ Aliases: ['signin.example.com'], ViewerCertificate: { AcmCertificateArn: certificateArn, MinimumProtocolVersion: 'TLSv1.2_2021' } });
    const variables = [...resourcesOf(service, 'AWS::Lambda::Function').values()].map(({ Properties }) => (Properties['Environment'] as { Variables: Record<string, unknown> }).Variables['COUNTERSIGN_PAGES']);
    expect(new Set(variables.filter((value) => value !== undefined))).toEqual(new Set(['https://signin.example.com']));
  });

  it('are brought there by the deployment: files for ever, pages to be asked for again, the files first', () => {
    const bundle = emptyBundle();
    const app = new App({ analyticsReporting: false, outdir: join(temporaryFolder(), 'out') });
    const deployed = Template.fromStack(addStage(app, stageNamed('small'), { bundleOf: () => bundle, builtPages: { site: bundle, files: bundle } }).web);
    const [files, site] = [...resourcesOf(deployed, 'Custom::CDKBucketDeployment').values()];

    expect(files?.Properties).toMatchObject({ DestinationBucketKeyPrefix: 'files', Prune: false, SystemMetadata: { 'cache-control': 'public, max-age=31536000, immutable' } });
    expect(site?.Properties).toMatchObject({ Prune: false, SystemMetadata: { 'cache-control': 'no-cache', 'content-type': 'text/html; charset=utf-8' } });
    expect(JSON.stringify((site as unknown as { DependsOn: readonly string[] }).DependsOn)).toMatch(/PageFilesCustomResource/);
  });
});
