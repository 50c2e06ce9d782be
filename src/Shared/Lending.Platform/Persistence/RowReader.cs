using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore.Metadata;
using Npgsql;

namespace Lending.Platform.Persistence;

/// <summary>Reads what a projection makes of a row, from the columns that it names.</summary>
internal sealed class RowReader<TRow, TResult>
{
    /// <summary>Finds the columns of the members that the projection reads.</summary>
    public RowReader(IEntityType type, Expression<Func<TRow, TResult>> projection)
    {
        var row = projection.Parameters[0];
        var members = new Members(type, row);
        Read = Expression.Lambda<Func<NpgsqlDataReader, TResult>>(members.Visit(projection.Body), members.Reader).Compile();
        Columns = Expression.Lambda<Func<TRow, object?[]>>(
            Expression.NewArrayInit(typeof(object), members.Found.Select(member => Expression.Convert(member, typeof(object)))),
            row
        );
    }

    /// <summary>The columns, in the order in which <see cref="Read"/> expects them.</summary>
    public Expression<Func<TRow, object?[]>> Columns { get; }

    /// <summary>Makes the result of the reader's present row.</summary>
    public Func<NpgsqlDataReader, TResult> Read { get; }

    /// <summary>Replaces the row's members by what stands in their columns.</summary>
    private sealed class Members(IEntityType type, ParameterExpression row) : ExpressionVisitor
    {
        private readonly List<IProperty> properties = [];

        public List<MemberExpression> Found { get; } = [];

        public ParameterExpression Reader { get; } = Expression.Parameter(typeof(NpgsqlDataReader));

        protected override Expression VisitMember(MemberExpression node) =>
            Find(node) is IProperty property ? Read(node, property) : base.VisitMember(node);

        protected override Expression VisitParameter(ParameterExpression node) =>
            node == row ? throw new InvalidOperationException($"{type.DisplayName()} is read by its columns, not as a whole.") : node;

        // A property, a complex property on the way to one, or null.
        private IPropertyBase? Find(Expression? expression)
        {
            if (expression is not MemberExpression member)
            {
                return null;
            }
            var part = member.Expression == row ? type : (Find(member.Expression) as IComplexProperty)?.ComplexType as ITypeBase;
            return part?.FindProperty(member.Member.Name) ?? (IPropertyBase?)part?.FindComplexProperty(member.Member.Name);
        }

        private Expression Read(MemberExpression member, IProperty property)
        {
            if (!properties.Contains(property))
            {
                properties.Add(property);
                Found.Add(member);
            }
            var ordinal = Expression.Constant(properties.IndexOf(property));
            var converter = property.GetTypeMapping().Converter;
            var stored =
                Nullable.GetUnderlyingType(converter?.ProviderClrType ?? property.ClrType)
                ?? converter?.ProviderClrType
                ?? property.ClrType;
            // GetGuid is found quicker, for each row, than GetFieldValue<Guid>.
            Expression value = typeof(NpgsqlDataReader).GetMethod($"Get{stored.Name}", [typeof(int)]) is { } getter
                ? Expression.Call(Reader, getter, ordinal)
                : Expression.Call(Reader, nameof(NpgsqlDataReader.GetFieldValue), [stored], ordinal);
            if (converter is not null)
            {
                value = Expression.Invoke(converter.ConvertFromProviderExpression, value);
            }
            value = Expression.Convert(value, property.ClrType);
            return property.IsNullable
                ? Expression.Condition(
                    Expression.Call(Reader, nameof(NpgsqlDataReader.IsDBNull), null, ordinal),
                    Expression.Default(property.ClrType),
                    value
                )
                : value;
        }
    }
}
