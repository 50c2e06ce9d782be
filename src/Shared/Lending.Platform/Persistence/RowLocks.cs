using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore.Query;
using Microsoft.EntityFrameworkCore.Query.SqlExpressions;
using Microsoft.EntityFrameworkCore.Storage;
using Npgsql.EntityFrameworkCore.PostgreSQL.Infrastructure.Internal;
using Npgsql.EntityFrameworkCore.PostgreSQL.Query.Internal;

namespace Lending.Platform.Persistence;

/// <summary>
/// Locks for the rows of a query, which EF has no words for: <c>TagWith(RowLocks.KeyShare)</c>. Raw SQL would do, too, but EF then makes the
/// statement anew for each call.
/// </summary>
public static class RowLocks
{
    /// <summary>The lock that a foreign key takes: updates go on, a deletion waits.</summary>
    public const string KeyShare = "FOR KEY SHARE";

    /// <summary>The lock that an update takes: who wants it, too, waits and then finds the row as it has become. References to it go on.</summary>
    public const string Update = "FOR NO KEY UPDATE";

#pragma warning disable EF1001 // There is no public way to add to a statement once, when it is made; interceptors cost each command of each request.
    /// <summary>Makes the SQL generator that knows the locks, and <see cref="OwnPlan"/>.</summary>
    internal sealed class SqlGeneratorFactory(
        QuerySqlGeneratorDependencies dependencies,
        IRelationalTypeMappingSource typeMappings,
        INpgsqlSingletonOptions options
    ) : IQuerySqlGeneratorFactory
    {
        public QuerySqlGenerator Create() =>
            new SqlGenerator(dependencies, typeMappings, options.ReverseNullOrderingEnabled, options.PostgresVersion);
    }

    private sealed class SqlGenerator(
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
            foreach (var tag in tags.Where(tag => tag is KeyShare or Update))
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
}
