using FastEndpoints;
using Lending.Platform.Http;
using Lending.Platform.Persistence;
using Lending.Webhooks.Contracts;
using Lending.Webhooks.Data;
using Mapster;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Lending.Webhooks.Deliveries;

/// <summary>Sends an event to a webhook again, taken before or not, with the same `webhook-id`; what waits for its next attempt is sent at once.</summary>
/// <response code="409">`delivery-under-way`: it is being sent just now.</response>
internal sealed class ReplayDelivery(WebhooksDbContext db, Transactions transactions, TimeProvider clock)
    : EndpointWithoutRequest<Results<Accepted<DeliveryResponse>, Problem>>
{
    public override void Configure()
    {
        Post("webhooks/{id:guid}/deliveries/{deliveryId:guid}/replay");
        Permissions(WebhooksPermission.WebhooksManage);
    }

    public override async Task<Results<Accepted<DeliveryResponse>, Problem>> ExecuteAsync(CancellationToken ct)
    {
        var (id, deliveryId) = (Route<Guid>("id"), Route<Guid>("deliveryId"));
        await using var transaction = await transactions.BeginAsync(ct);
        // Whoever sends looks at rows that nobody holds.
        var delivery = await db
            .Deliveries.FromSql($"SELECT * FROM webhooks.deliveries WHERE id = {deliveryId} AND webhook_id = {id} FOR UPDATE")
            .SingleOrDefaultAsync(ct);
        if (delivery is null)
        {
            return Problem.NotFound;
        }
        if (delivery.Status == DeliveryStatus.Sending)
        {
            return Problem.From(WebhooksErrors.Sending);
        }
        delivery.Replay(clock.GetStorableNow());
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        return TypedResults.Accepted((string?)null, delivery.Adapt<DeliveryResponse>());
    }
}
