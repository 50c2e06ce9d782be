using FastEndpoints;
using Lending.Kernel;
using Lending.Platform.Security;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Lending.Platform.Audit;

/// <summary>What a slice says in <c>Configure</c>.</summary>
public static class PersonReadExtensions
{
    /// <summary>
    /// The slice shows personal data. Where it shows somebody else's, the audit log says to whom; a change that has its own entry says it already. A test
    /// finds slices whose answers have members of such names and that do not say it.
    /// </summary>
    /// <param name="slice">The slice.</param>
    /// <param name="entityType">Of what sort of thing it tells.</param>
    /// <param name="id">The id of what an answer, or a row of a list, tells of.</param>
    /// <param name="customerId">The customer whom it concerns.</param>
    public static void TellsOfPersons<TRow>(this BaseEndpoint slice, string entityType, Func<TRow, Guid> id, Func<TRow, Guid?> customerId)
        where TRow : class
    {
        slice.Definition.Options(route =>
            route.WithMetadata(
                new TellsOfPersons(
                    entityType,
                    (answer, routeId) =>
                        answer switch
                        {
                            TRow row => new Shown(id(row), customerId(row), null),
                            Page<TRow> page => new Shown(null, null, [.. page.Items.Select(row => customerId(row) ?? id(row)).Distinct()]),
                            // It broke off.
                            _ => new Shown(routeId, null, null),
                        }
                )
            )
        );
        slice.Definition.PostProcessor<PersonReads>(Order.After);
    }

    /// <summary>The same, where the route's <c>id</c> is all there is to say of what was shown; it may be the customer's.</summary>
    public static void TellsOfPersons(this BaseEndpoint slice, string entityType, bool isCustomer = false)
    {
        slice.Definition.Options(route =>
            route.WithMetadata(new TellsOfPersons(entityType, (_, routeId) => new Shown(routeId, isCustomer ? routeId : null, null)))
        );
        slice.Definition.PostProcessor<PersonReads>(Order.After);
    }
}

/// <summary>Marks the endpoints that show personal data.</summary>
internal sealed record TellsOfPersons(string EntityType, Func<object?, Guid?, Shown> ShownIn);

/// <summary>What an answer has shown.</summary>
internal sealed record Shown(Guid? Id, Guid? CustomerId, Guid[]? Ids);

/// <summary>Records, after the answer, who was shown whose personal data.</summary>
internal sealed class PersonReads : IGlobalPostProcessor
{
    public Task PostProcessAsync(IPostProcessorContext context, CancellationToken ct)
    {
        var http = context.HttpContext;
        var identity = http.User.Identity as CallerIdentity;
        // Customers see nothing but their own. Of an answer that was broken off, the beginning was shown.
        if (
            (context.HasExceptionOccurred && !http.Response.HasStarted)
            || http.Response.StatusCode >= StatusCodes.Status300MultipleChoices
            || identity?.CustomerId is not null
        )
        {
            return Task.CompletedTask;
        }
        var marked = http.GetEndpoint()!.Metadata.GetRequiredMetadata<TellsOfPersons>();
        Guid? routeId = Guid.TryParse(http.Request.RouteValues["id"] as string, out var named) ? named : null;
        var shown = marked.ShownIn(ValueOf(context.Response), routeId);
        // Whoever looks at themselves looks at nobody else.
        if (shown.Ids is [] || (shown.Id is not null && shown.Id == identity?.UserId))
        {
            return Task.CompletedTask;
        }
        var trail = http.RequestServices.GetRequiredService<AuditTrail>();
        // Whoever changed it is known to have seen it. A change of nothing has no entry, and has shown the same.
        if (trail.EntityTypes.Contains(marked.EntityType) && !HttpMethods.IsGet(http.Request.Method))
        {
            return Task.CompletedTask;
        }
        var entry = trail.NewEntry(AuditAction.Read, marked.EntityType, shown.Id, shown.CustomerId, shown.Ids);
        return http.RequestServices.GetRequiredService<AuditedReads>().AddAsync(entry).AsTask();
    }

    private static object? ValueOf(object? answer) =>
        answer switch
        {
            INestedHttpResult nested => ValueOf(nested.Result),
            IValueHttpResult result => result.Value,
            _ => answer,
        };
}
