using Lending.Kernel;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Microsoft.Extensions.Compliance.Classification;

namespace Lending.Platform.Privacy;

/// <summary>
/// What each column tells of people. It is said where the column is declared: by <see cref="PersonalAttribute"/>, <see cref="SecretAttribute"/> or
/// <see cref="NotPersonalAttribute"/> on the entity's property, or in its configuration where there is no property of ours. A test fails for a column
/// of which nothing is said.
/// </summary>
public static class Classifications
{
    private const string Annotation = "Lending:Classification";

    /// <summary>It tells something of a person, and is theirs.</summary>
    public static DataClassification Personal { get; } = new("Lending", nameof(Personal));

    /// <summary>It lets somebody in, or helps to: passwords, tokens, keys, and hashes of them. Nobody ever needs to see it.</summary>
    public static DataClassification Secret { get; } = new("Lending", nameof(Secret));

    /// <summary>
    /// A column's classification: <see cref="Personal"/>, <see cref="Secret"/>, <see cref="DataClassification.None"/> for what may be shown, or
    /// <see cref="DataClassification.Unknown"/> where nobody has said it, which has to be masked as if it were personal.
    /// </summary>
    public static DataClassification Of(IReadOnlyProperty property)
    {
        if (property.FindAnnotation(Annotation)?.Value is string said)
        {
            return said == nameof(DataClassification.None) ? DataClassification.None : new("Lending", said);
        }
        if (
            property.PropertyInfo?.GetCustomAttributes(typeof(DataClassificationAttribute), inherit: true)
            is [DataClassificationAttribute attribute]
        )
        {
            return attribute.Classification;
        }
        // Kernel has no packages, so the name of who did something is classified here.
        if (property.DeclaringType.ClrType == typeof(UserReference) && property.Name == nameof(UserReference.Username))
        {
            return Personal;
        }
        return TellsNothing(property.ClrType) ? DataClassification.None : DataClassification.Unknown;
    }

    /// <summary>All columns of an entity, those of its complex properties included.</summary>
    public static IEnumerable<IReadOnlyProperty> ColumnsOf(IReadOnlyTypeBase type) =>
        type.GetProperties().Concat(type.GetComplexProperties().SelectMany(part => ColumnsOf(part.ComplexType)));

    /// <summary>Says of a property that is not ours what <see cref="PersonalAttribute"/> says of one that is.</summary>
    public static PropertyBuilder<T> IsPersonal<T>(this PropertyBuilder<T> property) => property.Is(nameof(Personal));

    /// <summary>Says of a property that is not ours what <see cref="SecretAttribute"/> says of one that is.</summary>
    public static PropertyBuilder<T> IsSecret<T>(this PropertyBuilder<T> property) => property.Is(nameof(Secret));

    /// <summary>Says of a property that is not ours what <see cref="NotPersonalAttribute"/> says of one that is.</summary>
    public static PropertyBuilder<T> IsNotPersonal<T>(this PropertyBuilder<T> property) => property.Is(nameof(DataClassification.None));

    // A text, because it is written into the snapshots of migrations.
    private static PropertyBuilder<T> Is<T>(this PropertyBuilder<T> property, string said) => property.HasAnnotation(Annotation, said);

    // Ids, numbers, times and choices name nobody, and without them a log of changes would tell nothing. Texts, bytes, days (a birthday) and lists do not
    // pass by their kind.
    private static bool TellsNothing(Type type)
    {
        var kind = Nullable.GetUnderlyingType(type) ?? type;
        return kind.IsEnum
            || (kind.IsPrimitive && kind != typeof(char))
            || kind == typeof(Guid)
            || kind == typeof(decimal)
            || kind == typeof(DateTimeOffset);
    }
}

/// <summary>The column tells something of a person: a copy for them has it, an erasure takes it away, and the audit log masks it.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class PersonalAttribute() : DataClassificationAttribute(Classifications.Personal);

/// <summary>The column lets somebody in, or helps to: passwords, tokens, keys, and hashes of them. It is shown to nobody.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class SecretAttribute() : DataClassificationAttribute(Classifications.Secret);

/// <summary>The column tells nothing of a person and may be shown: names of things, codes, hashes of documents.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class NotPersonalAttribute() : DataClassificationAttribute(DataClassification.None);
