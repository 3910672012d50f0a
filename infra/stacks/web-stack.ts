/** What the world sees: the HTTP API's front, and the hosted pages at their own address with the API's pages behind it. */
import { CfnOutput, Stack, type StackProps } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';

import { HostedPages } from '../constructs/hosted-pages.ts';
import { HttpFront } from '../constructs/http-front.ts';
import { PageFiles } from '../constructs/page-files.ts';
import type { Stage } from '../stages.ts';

export interface WebStackProps extends StackProps {
  readonly stage: Stage;
  /** What infra/bundle-pages.ts wrote; absent where nothing is to be brought into the bucket. */
  readonly builtPages?: { readonly site: string; readonly files: string };
}

/** Before the service, whose functions must know both addresses. */
export class WebStack extends Stack {
  readonly front: HttpFront;
  readonly pages: HostedPages;

  constructor(scope: Construct, id: string, props: WebStackProps) {
    super(scope, id, props);
    const { stage, builtPages } = props;
    this.front = new HttpFront(this, 'Http', stage);
    this.pages = new HostedPages(this, 'Pages', { stage, apiAddress: this.front.address });
    if (builtPages) new PageFiles(this, 'PageFiles', { bucket: this.pages.bucket, built: builtPages });
    new CfnOutput(this, 'ApiUrl', { value: this.front.address });
    if (this.front.domainTarget) new CfnOutput(this, 'DomainTarget', { value: this.front.domainTarget });
    new CfnOutput(this, 'PagesUrl', { value: this.pages.address });
    if (stage.pages) new CfnOutput(this, 'PagesTarget', { value: this.pages.distribution.distributionDomainName });
  }
}
