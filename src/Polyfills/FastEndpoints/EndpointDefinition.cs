using System.Reflection;
using FluentValidation;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http.Metadata;

namespace FastEndpoints;

/// <summary>The HTTP methods.</summary>
public enum Http
{
    /// <summary>Reads.</summary>
    GET = 1,

    /// <summary>Creates, or acts.</summary>
    POST = 2,

    /// <summary>Replaces.</summary>
    PUT = 3,

    /// <summary>Changes in part.</summary>
    PATCH = 4,

    /// <summary>Deletes.</summary>
    DELETE = 5,

    /// <summary>Reads the headers only.</summary>
    HEAD = 6,
}

/// <summary>An endpoint's version.</summary>
public sealed class EpVersion
{
    /// <summary>The version; zero means the configured default.</summary>
    public int Current { get; internal set; }

    /// <summary>The version from which on API documents leave the endpoint out; zero means never.</summary>
    public int DeprecatedAt { get; internal set; }
}

/// <summary>All settings of an endpoint. It is metadata of the routes that the endpoint answers.</summary>
public sealed class EndpointDefinition
{
    internal EndpointDefinition(Type endpointType, Type requestType, Type responseType, ApplicationContext application)
    {
        (EndpointType, ReqDtoType, ResDtoType, Application) = (endpointType, requestType, responseType, application);
    }

    /// <summary>The endpoint's class.</summary>
    public Type EndpointType { get; }

    /// <summary>The type of its request.</summary>
    public Type ReqDtoType { get; }

    /// <summary>The type of its response.</summary>
    public Type ResDtoType { get; }

    /// <summary>Its routes, without the prefix and the version that the application adds.</summary>
    public string[]? Routes { get; internal set; }

    /// <summary>Its HTTP methods.</summary>
    public string[]? Verbs { get; internal set; }

    /// <summary>Its version.</summary>
    public EpVersion Version { get; } = new();

    /// <summary>The type of its validator, if it has one.</summary>
    public Type? ValidatorType { get; internal set; }

    /// <summary>The methods that need no authentication.</summary>
    public string[]? AnonymousVerbs { get; private set; }

    /// <summary>Whether one of <see cref="AllowedPermissions"/> is enough.</summary>
    public bool AllowAnyPermission { get; private set; }

    /// <summary>The permissions that let a caller in.</summary>
    public List<string>? AllowedPermissions { get; private set; }

    /// <summary>The roles that let a caller in.</summary>
    public List<string>? AllowedRoles { get; private set; }

    /// <summary>The names of the authentication schemes.</summary>
    public List<string>? AuthSchemeNames { get; private set; }

    /// <summary>The names of the authorisation policies.</summary>
    public List<string>? PreBuiltUserPolicies { get; private set; }

    /// <summary>What API documents say of it.</summary>
    public EndpointSummary? EndpointSummary { get; private set; }

    /// <summary>Its tags for registration filters.</summary>
    public List<string>? EndpointTags { get; private set; }

    /// <summary>The content type of its forms, if it takes any.</summary>
    public string? FormDataContentType { get; private set; }

    /// <summary>Whether forms are left to the handler.</summary>
    public bool DontBindFormData { get; private set; }

    /// <summary>The route prefix that replaces the application's.</summary>
    public string? OverriddenRoutePrefix { get; private set; }

    /// <summary>Whether validation failures are answered before the handler runs.</summary>
    public bool ThrowIfValidationFails { get; private set; } = true;

    internal ApplicationContext Application { get; }

    /// <summary>The compiled binder and validator; a <see cref="RequestPipeline{TRequest}"/> of the request's type.</summary>
    internal IRequestPipeline Pipeline { get; set; } = null!;

    /// <summary>The method that the endpoint overrides: ExecuteAsync or HandleAsync.</summary>
    internal MethodInfo Handler { get; set; } = null!;

    internal bool ReturnsResponse { get; set; }

    internal Action<RouteHandlerBuilder>? UserConfigAction { get; private set; }

    /// <summary>Lets callers in without authentication.</summary>
    /// <param name="verbs">The methods that this holds for; none means all.</param>
    public void AllowAnonymous(params Http[] verbs) =>
        AnonymousVerbs = verbs.Length > 0 ? [.. verbs.Select(verb => verb.ToString())] : Enum.GetNames<Http>();

    /// <summary>Lets callers in who have one of the permissions.</summary>
    /// <param name="permissions">The permissions.</param>
    public void Permissions(params string[] permissions) =>
        (AllowAnyPermission, AllowedPermissions) = (true, Append(AllowedPermissions, permissions));

    /// <summary>Lets callers in who have all of the permissions.</summary>
    /// <param name="permissions">The permissions.</param>
    public void PermissionsAll(params string[] permissions) =>
        (AllowAnyPermission, AllowedPermissions) = (false, Append(AllowedPermissions, permissions));

    /// <summary>Lets callers in who have one of the roles.</summary>
    /// <param name="rolesNames">The roles.</param>
    public void Roles(params string[] rolesNames) => AllowedRoles = Append(AllowedRoles, rolesNames);

    /// <summary>Lets callers in who satisfy all of the policies.</summary>
    /// <param name="policyNames">Names of policies that the application has registered.</param>
    public void Policies(params string[] policyNames) => PreBuiltUserPolicies = Append(PreBuiltUserPolicies, policyNames);

    /// <summary>Authenticates with these schemes.</summary>
    /// <param name="authSchemeNames">The schemes.</param>
    public void AuthSchemes(params string[] authSchemeNames) => AuthSchemeNames = Append(AuthSchemeNames, authSchemeNames);

    /// <summary>Takes forms instead of JSON.</summary>
    /// <param name="urlEncoded">Whether they are URL-encoded instead of multipart.</param>
    public void AllowFormData(bool urlEncoded = false) =>
        FormDataContentType = urlEncoded ? "application/x-www-form-urlencoded" : "multipart/form-data";

    /// <summary>Takes multipart forms with files.</summary>
    /// <param name="dontAutoBindFormData">Whether the handler reads the form itself.</param>
    public void AllowFileUploads(bool dontAutoBindFormData = false) =>
        (FormDataContentType, DontBindFormData) = ("multipart/form-data", dontAutoBindFormData);

    /// <summary>Sets the version.</summary>
    /// <param name="version">The version.</param>
    /// <param name="deprecateAt">The version from which on API documents leave the endpoint out.</param>
    public void EndpointVersion(int version, int? deprecateAt = null) =>
        (Version.Current, Version.DeprecatedAt) = (version, deprecateAt ?? 0);

    /// <summary>Replaces the application's route prefix; an empty one leaves it out.</summary>
    /// <param name="routePrefix">The prefix.</param>
    public void RoutePrefixOverride(string routePrefix) => OverriddenRoutePrefix = routePrefix;

    /// <summary>Runs the handler in spite of validation failures; it reads them itself.</summary>
    public void DontThrowIfValidationFails() => ThrowIfValidationFails = false;

    /// <summary>Names the validator, where a request has several.</summary>
    /// <typeparam name="TValidator">The validator.</typeparam>
    public void Validator<TValidator>()
        where TValidator : IValidator => ValidatorType = typeof(TValidator);

    /// <summary>Adds tags for registration filters; they have nothing to do with the tags of API documents.</summary>
    /// <param name="endpointTags">The tags.</param>
    public void Tags(params string[] endpointTags) => EndpointTags = Append(EndpointTags, endpointTags);

    /// <summary>Sets what API documents say.</summary>
    /// <param name="endpointSummary">Fills the summary.</param>
    public void Summary(Action<EndpointSummary> endpointSummary) => endpointSummary(EndpointSummary ??= new EndpointSummary());

    /// <summary>Sets what API documents say.</summary>
    /// <param name="endpointSummary">The summary.</param>
    public void Summary(EndpointSummary endpointSummary) => EndpointSummary = endpointSummary;

    /// <summary>Changes the endpoint's metadata.</summary>
    /// <param name="builder">Changes it.</param>
    public void Options(Action<RouteHandlerBuilder> builder) => Description(builder);

    /// <summary>Changes the endpoint's metadata.</summary>
    /// <param name="builder">Changes it.</param>
    /// <param name="clearDefaults">Whether the accepted and produced types known so far are taken away first.</param>
    public void Description(Action<RouteHandlerBuilder> builder, bool clearDefaults = false)
    {
        // What is added later runs earlier, as in FastEndpoints: an endpoint's own settings win over those of the application, and of a
        // group that it joins after making them.
        UserConfigAction = builder + UserConfigAction;
        if (clearDefaults)
        {
            UserConfigAction = ClearDefaults + UserConfigAction;
        }
    }

    private static void ClearDefaults(RouteHandlerBuilder builder) =>
        builder.Add(endpoint =>
        {
            foreach (var item in endpoint.Metadata.Where(item => item is IAcceptsMetadata or IProducesResponseTypeMetadata).ToList())
            {
                endpoint.Metadata.Remove(item);
            }
        });

    private static List<string> Append(List<string>? list, string[] items) => [.. list ?? [], .. items];
}
