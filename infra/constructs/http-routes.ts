/** The HTTP API's routes: every row of shared/contract/routes.ts and page-routes.ts is one, every function one integration. */
import { CfnIntegration, CfnRoute } from 'aws-cdk-lib/aws-apigatewayv2';
import { ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { Stack, Validations } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';

import { pageRoutes } from '../../shared/contract/page-routes.ts';
import { routes } from '../../shared/contract/routes.ts';
import { logicalName } from './countersign-function.ts';

const all = [...routes, ...pageRoutes];

export interface HttpRoutesProps {
  readonly apiId: string;
  readonly lambdaOf: (name: string) => IFunction;
}

export class HttpRoutes extends Construct {
  /**
   * Leads every route to the function that answers it. A route's logical id is its operation: a path may change in
   * place. The gateway may call each function for any route, which are these alone: there is no catch-all.
   */
  constructor(scope: Construct, id: string, { apiId, lambdaOf }: HttpRoutesProps) {
    super(scope, id);
    const sourceArn = Stack.of(this).formatArn({ service: 'execute-api', resource: apiId, resourceName: '*/*' });
    for (const name of new Set<string>(all.map((route) => route.function))) {
      const lambda = lambdaOf(name);
      lambda.addPermission('FromApi', { principal: new ServicePrincipal('apigateway.amazonaws.com'), sourceArn });
      const integration = new CfnIntegration(this, logicalName(name), {
        apiId,
        integrationType: 'AWS_PROXY',
        integrationUri: lambda.functionArn,
        payloadFormatVersion: '2.0',
      });
      for (const { method, path, operation } of all.filter((route) => route.function === name)) {
        new CfnRoute(this, logicalName(operation), {
          apiId,
          routeKey: `${method} ${path}`,
          authorizationType: 'NONE',
          target: `integrations/${integration.ref}`,
        });
      }
    }
    Validations.of(this).acknowledge({
      id: 'AwsSolutions::AwsSolutions-APIG4',
      reason: 'Each function checks the client key, or the page\'s cookie, in the same read as the data; an authorizer would read it twice.',
    });
  }
}
