/** The HTTP API's routes: every row of shared/contract/routes.ts and page-routes.ts is one, every function one integration. */
import { CfnIntegration, CfnRoute } from 'aws-cdk-lib/aws-apigatewayv2';
import { ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { Stack, Validations } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';

import { pageRoutes, sharedRoutes } from '../../shared/contract/page-routes.ts';
import { routes } from '../../shared/contract/routes.ts';
import { logicalName } from './countersign-function.ts';

/** What pages share with the API has the same operation at another path: the id says which of the two it is. */
const all = [...routes, ...pageRoutes, ...sharedRoutes.map((route) => ({ ...route, operation: `${route.operation}OnPages` }))];

export interface HttpRoutesProps {
  readonly apiId: string;
  readonly lambdaOf: (name: string) => IFunction;
}

/** It asks nobody for a key, and reads nothing to say that there is nothing. */
const answersTheRest: (typeof routes)[number]['function'] = 'api-service';

export class HttpRoutes extends Construct {
  /**
   * Leads every route to the function that answers it. A route's logical id is its operation: a path may change in
   * place. Whatever is no route is answered by the service's own function, so that its 404 is a problem like every other
   * (RFC 9457); what the gateway refuses before any route (a malformed request, one over 10 MB) is its own to word.
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
      const target = `integrations/${integration.ref}`;
      const makeRoute = (routeId: string, routeKey: string): CfnRoute =>
        new CfnRoute(this, routeId, { apiId, routeKey, authorizationType: 'NONE', target });
      for (const { method, path, operation } of all.filter((route) => route.function === name)) {
        makeRoute(logicalName(operation), `${method} ${path}`);
      }
      if (name === answersTheRest) makeRoute('NoRoute', '$default');
    }
    Validations.of(this).acknowledge({
      id: 'AwsSolutions::AwsSolutions-APIG4',
      reason: 'Each function checks the client key, or the page\'s cookie, in the same read as the data; an authorizer would read it twice.',
    });
  }
}
