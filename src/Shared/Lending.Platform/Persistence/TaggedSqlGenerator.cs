using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore.Query;
using Microsoft.EntityFrameworkCore.Query.SqlExpressions;
using Microsoft.EntityFrameworkCore.Storage;
using Npgsql.EntityFrameworkCore.PostgreSQL.Infrastructure.Internal;
using Npgsql.EntityFrameworkCore.PostgreSQL.Query.Internal;

namespace Lending.Platform.Persistence;

#pragma warning disable EF1001 // There is no public way to add to a statement once, when it is made; interceptors cost each command of each request.
/// <summary>Makes the SQL generator that knows what queries are tagged with: <see cref="RowLocks"/> and <see cref="OwnPlan"/>.</summary>
internal sealed class TaggedSqlGeneratorFactory(
    QuerySqlGeneratorDependencies dependencies,
    IRelationalTypeMappingSource typeMappings,
    INpgsqlSingletonOptions options
) : IQuerySqlGeneratorFactory
{
    public QuerySqlGenerator Create() =>
        new TaggedSqlGenerator(dependencies, typeMappings, options.ReverseNullOrderingEnabled, options.PostgresVersion);
}

internal sealed class TaggedSqlGenerator(
    QuerySqlGeneratorDependencies dependencies,
    IRelationalTypeMappingSource typeMappings,
    bool reverseNullOrdering,
    Version postgresVersion
) : NpgsqlQuerySqlGenerator(dependencies, typeMappings, reverseNullOrdering, postgresVersion)
{
    protected override void GenerateRootCommand(Expression queryExpression)
    {
        var tags = (queryExpression as SelectExpression)?.Tags ?? new HashSet<string>(StringComparer.Ordinal);
        var hasOwnPlan = tags.Contains(OwnPlan.Tag);
        if (hasOwnPlan)
        {
            Sql.Append(OwnPlan.Begin).AppendLine(";");
        }
        base.GenerateRootCommand(queryExpression);
        foreach (var tag in tags.Where(tag => tag is RowLocks.KeyShare or RowLocks.Update))
        {
            Sql.AppendLine().Append(tag);
        }
        if (hasOwnPlan)
        {
            Sql.AppendLine(";").Append(OwnPlan.End);
        }
    }
}
#pragma warning restore EF1001
