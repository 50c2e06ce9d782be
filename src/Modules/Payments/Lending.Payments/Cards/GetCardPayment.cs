using FastEndpoints;
using Lending.Payments.Contracts;
using Lending.Payments.Data;
using Lending.Platform.Http;
using Mapster;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Lending.Payments.Cards;

/// <summary>Shows a payment by card, and what went back of it. Customers read their own.</summary>
internal sealed class GetCardPayment(PaymentsDbContext db) : EndpointWithoutRequest<Results<Ok<CardPaymentResponse>, Problem>>
{
    public override void Configure()
    {
        Get("card-payments/{id:guid}");
        Permissions(PaymentsPermission.Card);
    }

    public override async Task<Results<Ok<CardPaymentResponse>, Problem>> ExecuteAsync(CancellationToken ct)
    {
        var id = Route<Guid>("id");
        var found = await db.CardPayments.Where(payment => payment.Id == id).ProjectToType<CardPaymentResponse>().SingleOrDefaultAsync(ct);
        return found is null ? Problem.NotFound : TypedResults.Ok(found);
    }
}
