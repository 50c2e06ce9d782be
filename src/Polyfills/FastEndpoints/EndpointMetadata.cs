using System.Reflection;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Metadata;

namespace FastEndpoints;

/// <summary>Says on each route what routing, authorisation and API documents need to know.</summary>
internal static class EndpointMetadata
{
    public static void Add(RouteHandlerBuilder route, EndpointDefinition definition, string verb, string name)
    {
        var handler = definition.Handler;
        route.WithName(name).WithMetadata(definition, handler);
        AddAuthorization(route, definition, verb);
        AddAccepts(route, definition, verb);
        AddProduces(route, definition, handler);
        if (definition.EndpointSummary is { Summary.Length: > 0 } summarised)
        {
            route.WithSummary(summarised.Summary);
        }

        if (definition.EndpointSummary is { Description.Length: > 0 } described)
        {
            route.WithDescription(described.Description);
        }

        // The endpoint's own changes come last, so that they win.
        definition.UserConfigAction?.Invoke(route);
    }

    /// <summary>Who says nothing wants an authenticated user.</summary>
    private static void AddAuthorization(RouteHandlerBuilder route, EndpointDefinition definition, string verb)
    {
        if (definition.AnonymousVerbs?.Contains(verb, StringComparer.OrdinalIgnoreCase) is true)
        {
            route.AllowAnonymous();
            return;
        }

        var policy = new AuthorizationPolicyBuilder([.. definition.AuthSchemeNames ?? []]).RequireAuthenticatedUser();
        if (definition.AllowedRoles is { Count: > 0 } roles)
        {
            policy.RequireRole(roles);
        }

        if (definition.AllowedPermissions is { Count: > 0 } permissions)
        {
            var claimType = definition.Application.Config.Security.PermissionsClaimType;
            policy.RequireAssertion(
                definition.AllowAnyPermission
                    ? context => permissions.Exists(permission => context.User.HasClaim(claimType, permission))
                    : context => permissions.TrueForAll(permission => context.User.HasClaim(claimType, permission))
            );
        }

        route.RequireAuthorization([.. definition.PreBuiltUserPolicies ?? []]).RequireAuthorization(policy.Build());
    }

    /// <summary>Routing answers 415 to other content types.</summary>
    private static void AddAccepts(RouteHandlerBuilder route, EndpointDefinition definition, string verb)
    {
        if (HttpMethods.IsGet(verb) || HttpMethods.IsHead(verb))
        {
            return;
        }

        if (definition.FormDataContentType is { } form)
        {
            route.WithMetadata(new AcceptsMetadata([form], definition.ReqDtoType));
        }
        else if (definition.Pipeline.NeedsBody && !HttpMethods.IsDelete(verb))
        {
            // Merge patches and the like are JSON, too.
            route.WithMetadata(new AcceptsMetadata(["application/json", "application/*+json"], definition.ReqDtoType));
        }
    }

    private static void AddProduces(RouteHandlerBuilder route, EndpointDefinition definition, MethodInfo handler)
    {
        var response = definition.ResDtoType;
        if (definition.EndpointSummary is { ProducesMetas.Count: > 0 } summary)
        {
            route.WithMetadata([.. summary.ProducesMetas]);
        }
        else if (response.IsAssignableTo(typeof(IEndpointMetadataProvider)))
        {
            var populate = typeof(EndpointMetadata).GetMethod(nameof(Populate), BindingFlags.Static | BindingFlags.NonPublic)!;
            var populateResponse = populate.MakeGenericMethod(response).CreateDelegate<Action<MethodInfo, EndpointBuilder>>();
            route.Add(endpoint => populateResponse(handler, endpoint));
        }
        else if (!response.IsAssignableTo(typeof(IResult)))
        {
            route.WithMetadata(
                response == typeof(object)
                    ? new ProducesResponseTypeMetadata(StatusCodes.Status204NoContent, typeof(void))
                    : new ProducesResponseTypeMetadata(StatusCodes.Status200OK, response, ["application/json"])
            );
        }

        var errors = definition.Application.Config.Errors;
        if (definition.ValidatorType is not null && errors.ProducesMetadataType is { } errorType)
        {
            var metadata = new ProducesResponseTypeMetadata(errors.StatusCode, errorType, [errors.ContentType]);
            route.Add(endpoint =>
            {
                if (!endpoint.Metadata.OfType<IProducesResponseTypeMetadata>().Any(known => known.StatusCode == errors.StatusCode))
                {
                    endpoint.Metadata.Add(metadata);
                }
            });
        }
    }

    private static void Populate<T>(MethodInfo handler, EndpointBuilder endpoint)
        where T : IEndpointMetadataProvider => T.PopulateMetadata(handler, endpoint);
}
