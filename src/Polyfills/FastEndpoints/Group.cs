namespace FastEndpoints;

/// <summary>Common configuration of several endpoints: derive, and call <see cref="Configure"/> in the constructor.</summary>
public abstract class Group
{
    internal Action<EndpointDefinition> Action { get; set; } = _ => { };

    /// <summary>Sets what the group's endpoints have in common.</summary>
    /// <param name="routePrefix">The first part of their routes.</param>
    /// <param name="ep">Changes each endpoint's definition.</param>
    protected virtual void Configure(string routePrefix, Action<EndpointDefinition> ep) =>
        Action = definition =>
        {
            definition.Routes = [.. (definition.Routes ?? []).Select(route => RouteTemplate.Join(routePrefix, route))];
            ep(definition);
        };
}

/// <summary>A group inside another group.</summary>
/// <typeparam name="TParent">The outer group.</typeparam>
public abstract class SubGroup<TParent> : Group
    where TParent : Group, new()
{
    /// <inheritdoc/>
    protected sealed override void Configure(string routePrefix, Action<EndpointDefinition> ep)
    {
        base.Configure(routePrefix, ep);
        Action += new TParent().Action;
    }
}
