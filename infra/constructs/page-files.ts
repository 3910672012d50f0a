/** Brings what infra/bundle-pages.ts built into the bucket: pages to be asked for again, files for ever. Old files stay for open tabs. */
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import { BucketDeployment, CacheControl, Source } from 'aws-cdk-lib/aws-s3-deployment';
import { Stack, Validations } from 'aws-cdk-lib/core';
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
    const shared = { destinationBucket: bucket, prune: false, retainOnDelete: false, memoryLimit: 256 };
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
    this.acknowledge();
  }

  /** CDK's own function, which copies the files when a stack is deployed and at no other time. */
  private acknowledge(): void {
    void Stack.of(this);
    void Validations.of(this);
  }
}
