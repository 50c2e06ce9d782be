using System.Text.Json.Serialization;
using Lending.Kernel;
using Mapster;

namespace Lending.Loans.Products;

/// <summary>A loan product with what its current version lays down. All amounts are in <c>currency</c>.</summary>
internal sealed record ProductResponse : ProductDetails
{
    /// <summary>The product's id.</summary>
    /// <example>0199f3a1-02d4-7b3c-9a51-7c6e5d4f3b2a</example>
    public required Guid Id { get; init; }

    /// <summary>The name.</summary>
    /// <example>Solar Classic</example>
    public required string Name { get; init; }

    /// <summary>Whether anybody who knows the id gets quotes.</summary>
    /// <example>false</example>
    public required bool IsPublic { get; init; }

    /// <summary>Whether it is out of use: still readable, but neither quoted nor offered.</summary>
    /// <example>false</example>
    public required bool Retired { get; init; }

    /// <summary>The number of the current version: 1 for the first.</summary>
    /// <example>1</example>
    public required int Version { get; init; }

    /// <summary>Who made the product.</summary>
    public required UserReference CreatedBy { get; init; }

    /// <summary>When the product was made.</summary>
    /// <example>2026-11-20T09:30:00.123456Z</example>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When the product was last changed.</summary>
    /// <example>2026-11-20T09:30:00.123456Z</example>
    public required DateTimeOffset UpdatedAt { get; init; }

    /// <summary>The row's version, which goes into the entity tag.</summary>
    [JsonIgnore]
    public uint RowVersion { get; init; }

    internal sealed class Mapping : IRegister
    {
        public void Register(TypeAdapterConfig config) =>
            config
                .NewConfig<CurrentProduct, ProductResponse>()
                .Map(response => response, current => current.Product)
                .Map(response => response, current => current.Content)
                .Map(response => response.Version, current => current.Product.CurrentVersion);
    }
}

/// <summary>A product with what its current version lays down.</summary>
internal sealed record CurrentProduct(LoanProduct Product, ProductContent Content);

/// <summary>What a product laid down from some time on; never changes.</summary>
internal sealed record ProductVersionResponse : ProductDetails
{
    /// <summary>The number of the version: 1 for the first.</summary>
    /// <example>1</example>
    public required int Version { get; init; }

    /// <summary>Who made the version.</summary>
    public required UserReference CreatedBy { get; init; }

    /// <summary>When the version was made.</summary>
    /// <example>2026-11-20T09:30:00.123456Z</example>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>The row's id, by which equally old versions are told apart.</summary>
    [JsonIgnore]
    public Guid Id { get; init; }

    internal sealed class Mapping : IRegister
    {
        public void Register(TypeAdapterConfig config) =>
            config
                .NewConfig<ProductVersion, ProductVersionResponse>()
                .Map(response => response, version => version.Content)
                .Map(response => response.Version, version => version.Number);
    }
}
