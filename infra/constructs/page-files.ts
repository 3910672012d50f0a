/** Brings what infra/bundle-pages.ts built into the bucket: pages to be asked for again, files for ever. Old files stay for open tabs. */
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import { BucketDeployment, CacheControl, Source } from 'aws-cdk-lib/aws-s3-deployment';
import { Validations, type CfnElement } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';

import { cacheControl } from '../../shared/contract/page-headers.ts';

export interface PageFilesProps {
  readonly bucket: IBucket;
  /** What infra/bundle-pages.ts wrote. */
  readonly built: { readonly site: string; readonly files: string };
}

export class PageFiles extends Construct {
  constructor(scope: Construct, id: string, { bucket, built }: PageFilesProps) {
    super(scope, id);
    const shared = { destinationBucket: bucket, prune: false, retainOnDelete: false, memoryLimit: 512 };
    const files = new BucketDeployment(this, 'Files', {
      ...shared,
      sources: [Source.asset(built.files)],
      destinationKeyPrefix: 'files',
      cacheControl: [CacheControl.fromString(cacheControl.file)],
    });
    const site = new BucketDeployment(this, 'Site', {
      ...shared,
      sources: [Source.asset(built.site)],
      cacheControl: [CacheControl.fromString(cacheControl.page)],
      contentType: 'text/html; charset=utf-8',
    });
    // A page is only there when all that it loads is.
    site.node.addDependency(files);
    acknowledgeCopier(site, bucket);
  }
}

/** What CDK's own function may do, which copies the files when a stack is deployed and at no other time. */
function acknowledgeCopier({ handlerRole }: BucketDeployment, bucket: IBucket): void {
  const { scope } = handlerRole.node;
  if (!scope) throw new Error('the function that copies files has no place');
  const { stack } = bucket;
  const assets = 'arn:<AWS::Partition>:s3:::cdk-hnb659fds-assets-<AWS::AccountId>-<AWS::Region>/*';
  const own = `<${stack.getLogicalId(bucket.node.defaultChild as CfnElement)}.Arn>/*`;
  const wide = ['Action::s3:GetObject*', 'Action::s3:GetBucket*', 'Action::s3:List*', 'Action::s3:DeleteObject*', 'Action::s3:Abort*'];
  const reasons: readonly (readonly [rule: string, reason: string])[] = [
    ['IAM4[Policy::arn:<AWS::Partition>:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole]', 'CDK gives its own function the right to log, and nothing else, by it.'],
    ...[...wide, `Resource::${assets}`, `Resource::${own}`].map((what) => [`IAM5[${what}]`, 'CDK writes it: from the bucket of what is deployed into the bucket of the pages, which holds nothing else.'] as const),
    ['L1', 'CDK chooses the runtime of its own function.'],
  ];
  for (const [rule, reason] of reasons) Validations.of(scope).acknowledge({ id: `AwsSolutions::AwsSolutions-${rule}`, reason });
}
