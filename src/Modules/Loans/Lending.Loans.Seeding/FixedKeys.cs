using System.Runtime.CompilerServices;
using Lending.Loans.Offers;
using Lending.Loans.Offers.Acceptance;
using Lending.Loans.Offers.Comments;
using Lending.Loans.Offers.Versions;
using Lending.Seeding;

namespace Lending.Loans.Seeding;

/// <summary>Entities make their own keys, by chance: here they have to be the same ones each time.</summary>
internal static class FixedKeys
{
    /// <summary>Of all that an offer holds.</summary>
    public static void Set(LoanOffer offer, SeedRandom random)
    {
        foreach (var transition in offer.History)
        {
            Set(transition, random.Id(transition.At));
        }
        foreach (var version in offer.EarlierVersions)
        {
            Set(version, random.Id(version.MadeAt));
        }
    }

    /// <summary>That the customer has seen the offer as it is; elsewhere SQL writes it.</summary>
    public static OfferView NewView(LoanOffer offer, DateTimeOffset at)
    {
        var view = new OfferView();
        SetOfferId(view, offer.Id);
        SetVersion(view, offer.Version);
        SetFirstSeenAt(view, at);
        return view;
    }

    [UnsafeAccessor(UnsafeAccessorKind.Method, Name = "set_Id")]
    private static extern void Set(OfferTransition transition, Guid id);

    [UnsafeAccessor(UnsafeAccessorKind.Method, Name = "set_Id")]
    private static extern void Set(OfferVersion version, Guid id);

    [UnsafeAccessor(UnsafeAccessorKind.Method, Name = "set_Id")]
    public static extern void Set(OfferComment comment, Guid id);

    [UnsafeAccessor(UnsafeAccessorKind.Method, Name = "set_Id")]
    public static extern void Set(OfferLink link, Guid id);

    [UnsafeAccessor(UnsafeAccessorKind.Method, Name = "set_OfferId")]
    private static extern void SetOfferId(OfferView view, Guid offerId);

    [UnsafeAccessor(UnsafeAccessorKind.Method, Name = "set_Version")]
    private static extern void SetVersion(OfferView view, int version);

    [UnsafeAccessor(UnsafeAccessorKind.Method, Name = "set_FirstSeenAt")]
    private static extern void SetFirstSeenAt(OfferView view, DateTimeOffset at);
}
