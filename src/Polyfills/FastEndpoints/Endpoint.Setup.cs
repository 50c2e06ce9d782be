using System.Diagnostics.CodeAnalysis;
using FluentValidation;
using Microsoft.AspNetCore.Builder;

namespace FastEndpoints;

/// <content>What Configure may call; each member sets the <see cref="EndpointDefinition"/>.</content>
public abstract partial class Endpoint<TRequest, TResponse>
{
    /// <summary>Answers GET at these routes.</summary>
    /// <param name="routePatterns">The routes.</param>
    protected void Get([StringSyntax("Route")] params string[] routePatterns) => Answer(Http.GET, routePatterns);

    /// <summary>Answers POST at these routes.</summary>
    /// <param name="routePatterns">The routes.</param>
    protected void Post([StringSyntax("Route")] params string[] routePatterns) => Answer(Http.POST, routePatterns);

    /// <summary>Answers PUT at these routes.</summary>
    /// <param name="routePatterns">The routes.</param>
    protected void Put([StringSyntax("Route")] params string[] routePatterns) => Answer(Http.PUT, routePatterns);

    /// <summary>Answers PATCH at these routes.</summary>
    /// <param name="routePatterns">The routes.</param>
    protected void Patch([StringSyntax("Route")] params string[] routePatterns) => Answer(Http.PATCH, routePatterns);

    /// <summary>Answers DELETE at these routes.</summary>
    /// <param name="routePatterns">The routes.</param>
    protected void Delete([StringSyntax("Route")] params string[] routePatterns) => Answer(Http.DELETE, routePatterns);

    /// <summary>Answers at these routes.</summary>
    /// <param name="patterns">The routes.</param>
    protected void Routes([StringSyntax("Route")] params string[] patterns) => Definition.Routes = patterns;

    /// <summary>Answers these HTTP methods.</summary>
    /// <param name="methods">The methods.</param>
    protected void Verbs(params Http[] methods) => Verbs([.. methods.Select(method => method.ToString())]);

    /// <inheritdoc/>
    public sealed override void Verbs(params string[] methods) => Definition.Verbs = methods;

    /// <summary>Makes the endpoint a member of a group; call it after the route is set.</summary>
    /// <typeparam name="TEndpointGroup">The group.</typeparam>
    protected sealed override void Group<TEndpointGroup>() => new TEndpointGroup().Action(Definition);

    /// <inheritdoc cref="EndpointDefinition.AllowAnonymous"/>
    protected void AllowAnonymous(params Http[] verbs) => Definition.AllowAnonymous(verbs);

    /// <inheritdoc cref="EndpointDefinition.Permissions"/>
    protected void Permissions(params string[] permissions) => Definition.Permissions(permissions);

    /// <inheritdoc cref="EndpointDefinition.PermissionsAll"/>
    protected void PermissionsAll(params string[] permissions) => Definition.PermissionsAll(permissions);

    /// <inheritdoc cref="EndpointDefinition.Roles"/>
    protected void Roles(params string[] rolesNames) => Definition.Roles(rolesNames);

    /// <inheritdoc cref="EndpointDefinition.Policies"/>
    protected void Policies(params string[] policyNames) => Definition.Policies(policyNames);

    /// <inheritdoc cref="EndpointDefinition.AuthSchemes"/>
    protected void AuthSchemes(params string[] authSchemeNames) => Definition.AuthSchemes(authSchemeNames);

    /// <inheritdoc cref="EndpointDefinition.AllowFormData"/>
    protected void AllowFormData(bool urlEncoded = false) => Definition.AllowFormData(urlEncoded);

    /// <inheritdoc cref="EndpointDefinition.AllowFileUploads"/>
    protected void AllowFileUploads(bool dontAutoBindFormData = false) => Definition.AllowFileUploads(dontAutoBindFormData);

    /// <inheritdoc cref="EndpointDefinition.EndpointVersion"/>
    protected void Version(int version, int? deprecateAt = null) => Definition.EndpointVersion(version, deprecateAt);

    /// <inheritdoc cref="EndpointDefinition.RoutePrefixOverride"/>
    protected void RoutePrefixOverride(string routePrefix) => Definition.RoutePrefixOverride(routePrefix);

    /// <inheritdoc cref="EndpointDefinition.DontThrowIfValidationFails"/>
    protected void DontThrowIfValidationFails() => Definition.DontThrowIfValidationFails();

    /// <inheritdoc cref="EndpointDefinition.Validator{TValidator}"/>
    protected void Validator<TValidator>()
        where TValidator : IValidator => Definition.Validator<TValidator>();

    /// <inheritdoc cref="EndpointDefinition.Tags"/>
    protected void Tags(params string[] endpointTags) => Definition.Tags(endpointTags);

    /// <inheritdoc cref="EndpointDefinition.Summary(Action{EndpointSummary})"/>
    protected void Summary(Action<EndpointSummary> endpointSummary) => Definition.Summary(endpointSummary);

    /// <inheritdoc cref="EndpointDefinition.Summary(EndpointSummary)"/>
    protected void Summary(EndpointSummary endpointSummary) => Definition.Summary(endpointSummary);

    /// <inheritdoc cref="EndpointDefinition.Options"/>
    protected void Options(Action<RouteHandlerBuilder> builder) => Definition.Options(builder);

    /// <inheritdoc cref="EndpointDefinition.Description"/>
    protected void Description(Action<RouteHandlerBuilder> builder, bool clearDefaults = false) =>
        Definition.Description(builder, clearDefaults);

    private void Answer(Http method, string[] routePatterns)
    {
        Verbs(method);
        Routes(routePatterns);
    }
}
