using Mapster;

namespace Lending.Loans.Products;

/// <summary>The product that a quote is of.</summary>
/// <param name="Id">The product's id.</param>
/// <param name="Version">The number of the version that it was computed with.</param>
/// <param name="Name">The product's name.</param>
internal sealed record QuotedProduct(Guid Id, int Version, string Name)
{
    internal sealed class Mapping : IRegister
    {
        public void Register(TypeAdapterConfig config) => config.NewConfig<UsableProduct, QuotedProduct>();
    }
}
