using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;

namespace Lending.Platform.Persistence;

/// <summary>A column as EF's model maps it, for what is written past EF.</summary>
/// <param name="Property">What is stored.</param>
/// <param name="Value">What goes into the column: converted, and null or of a nullable type where it may be missing.</param>
internal sealed record StoredColumn(IProperty Property, Expression Value)
{
    /// <summary>The column's name.</summary>
    public string Name => Property.GetColumnName();

    /// <summary>The column's type in PostgreSQL, without length or precision.</summary>
    public string StoreType => Property.GetRelationalTypeMapping().StoreTypeNameBase;

    /// <summary>Makes what writes all columns of an entity, also those of its complex properties, in their order.</summary>
    /// <param name="type">The entity's type.</param>
    /// <param name="from">How the entity hangs on its owner; null where it has none.</param>
    /// <param name="write">Writes one column to the target.</param>
    /// <param name="names">The columns' names.</param>
    /// <returns>Takes the target, the entity, its owner if any, and whose the entity becomes unless it says so itself.</returns>
    public static Action<TTarget, object, object?, Guid> Writer<TTarget>(
        IEntityType type,
        INavigation? from,
        Func<Expression, StoredColumn, Expression> write,
        out IReadOnlyList<string> names
    )
    {
        var target = Expression.Parameter(typeof(TTarget));
        var row = Expression.Parameter(typeof(object));
        var owner = Expression.Parameter(typeof(object));
        var organizationId = Expression.Parameter(typeof(Guid));
        var columns = Of(type, from, row, owner, organizationId);
        names = [.. columns.Select(column => column.Name)];
        var writes = Expression.Block(columns.Select(column => write(target, column)));
        return Expression.Lambda<Action<TTarget, object, object?, Guid>>(writes, target, row, owner, organizationId).Compile();
    }

    private static List<StoredColumn> Of(IEntityType type, INavigation? from, Expression row, Expression owner, Expression organizationId)
    {
        var columns = new List<StoredColumn>();
        Add(type, Expression.Convert(row, type.ClrType));
        return columns;

        void Add(ITypeBase part, Expression instance)
        {
            foreach (var property in part.GetProperties().Where(property => !IsMadeByDatabase(property)))
            {
                columns.Add(new StoredColumn(property, Convert(property, ValueOf(property, instance))));
            }
            foreach (var complex in part.GetComplexProperties())
            {
                Add(complex.ComplexType, MemberOf(complex, instance));
            }
        }

        Expression ValueOf(IProperty property, Expression instance)
        {
            if (property.IsShadowProperty() || from?.ForeignKey.Properties.Contains(property) == true)
            {
                return OwnersKey(property, from, owner);
            }
            var value = MemberOf(property, instance);
            // As ModuleDbContext stamps it.
            return typeof(ITenantOwned).IsAssignableFrom(type.ClrType) && property.Name == nameof(ITenantOwned.OrganizationId)
                ? Expression.Condition(Expression.Equal(value, Expression.Default(typeof(Guid))), organizationId, value)
                : value;
        }
    }

    /// <summary>The member of an entity.</summary>
    public static MemberExpression MemberOf(IPropertyBase property, Expression instance) =>
        property.PropertyInfo is { } info ? Expression.Property(instance, info) : Expression.Field(instance, property.FieldInfo!);

    /// <summary>The tables of what hangs on an entity, and how to find the rows.</summary>
    public static IReadOnlyList<(TTable Table, Func<object, IEnumerable<object>> RowsOf)> PartsOf<TTable>(
        IEntityType type,
        Func<INavigation, TTable> tableOf
    ) =>
        [
            .. type.GetNavigations()
                .Where(navigation => !navigation.IsOnDependent)
                .Select(navigation => (tableOf(navigation), RowsOf(navigation))),
        ];

    private static Func<object, IEnumerable<object>> RowsOf(INavigation navigation)
    {
        var row = Expression.Parameter(typeof(object));
        var member = MemberOf(navigation, Expression.Convert(row, navigation.DeclaringEntityType.ClrType));
        var get = Expression.Lambda<Func<object, object?>>(Expression.Convert(member, typeof(object)), row).Compile();
        return row =>
            get(row) switch
            {
                null => [],
                IEnumerable<object> many => many,
                var one => [one],
            };
    }

    // Row versions, generated columns, running numbers.
    private static bool IsMadeByDatabase(IProperty property) =>
        property.ValueGenerated != ValueGenerated.Never
        && !(property.ValueGenerated == ValueGenerated.OnAdd && property.ClrType == typeof(Guid));

    // What an entity hangs on says the key. Of the columns that it has no member for: what it may refer to, it does not.
    private static Expression OwnersKey(IProperty property, INavigation? from, Expression owner)
    {
        var index = from?.ForeignKey.Properties.ToList().IndexOf(property) ?? -1;
        return index >= 0
                ? MemberOf(
                    from!.ForeignKey.PrincipalKey.Properties[index],
                    Expression.Convert(owner, from.ForeignKey.PrincipalEntityType.ClrType)
                )
            : property.IsNullable ? Expression.Default(property.ClrType)
            : throw new NotSupportedException($"Nothing says what {property.DeclaringType.ClrType.Name}.{property.Name} is.");
    }

    private static Expression Convert(IProperty property, Expression value)
    {
        if (property.GetRelationalTypeMapping().Converter is not { } converter)
        {
            return value;
        }
        var local = Expression.Variable(value.Type);
        var isNullable = IsNullable(value.Type);
        Expression present = Nullable.GetUnderlyingType(value.Type) is null ? local : Expression.Property(local, nameof(Nullable<>.Value));
        var convert = converter.ConvertToProviderExpression;
        var argument = convert.Parameters[0];
        var converted = new Replacement(
            argument,
            present.Type == argument.Type ? present : Expression.Convert(present, argument.Type)
        ).Visit(convert.Body);
        if (isNullable)
        {
            var type = converted.Type.IsValueType ? typeof(Nullable<>).MakeGenericType(converted.Type) : converted.Type;
            converted = Expression.Condition(
                Expression.Equal(local, Expression.Constant(null, local.Type)),
                Expression.Default(type),
                Expression.Convert(converted, type)
            );
        }
        return Expression.Block([local], Expression.Assign(local, value), converted);
    }

    /// <summary>Whether a value of this type can be missing.</summary>
    public static bool IsNullable(Type type) => !type.IsValueType || Nullable.GetUnderlyingType(type) is not null;

    private sealed class Replacement(ParameterExpression parameter, Expression value) : ExpressionVisitor
    {
        protected override Expression VisitParameter(ParameterExpression node) => node == parameter ? value : node;
    }
}
