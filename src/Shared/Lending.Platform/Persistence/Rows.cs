using Lending.Platform.Security;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Lending.Platform.Persistence;

/// <summary>A module's rows, as the present caller sees them, for what reads them past EF; scoped.</summary>
public sealed class Rows<TContext>
    where TContext : ModuleDbContext
{
    private readonly IServiceProvider scope;
    private readonly ModelOf<TContext> model;

    internal Rows(
        NpgsqlDataSource dataSource,
        ReadBatches batches,
        Transactions transactions,
        Caller caller,
        ModelOf<TContext> model,
        IServiceProvider scope
    )
    {
        (DataSource, Batches, Transactions, Caller) = (dataSource, batches, transactions, caller);
        (this.model, this.scope) = (model, scope);
    }

    internal NpgsqlDataSource DataSource { get; }

    internal ReadBatches Batches { get; }

    internal Transactions Transactions { get; }

    internal Caller Caller { get; }

    internal IModel Model => model.Value;

    /// <summary>The request's context, which is leased when it is asked for.</summary>
    public TContext Context => scope.GetRequiredService<TContext>();
}

/// <summary>A module's model, for who needs no context.</summary>
internal sealed class ModelOf<TContext>(IDbContextFactory<TContext> contexts)
    where TContext : ModuleDbContext
{
    private readonly Lazy<IModel> model = new(() =>
    {
        using var context = contexts.CreateDbContext();
        return context.Model;
    });

    public IModel Value => model.Value;
}
