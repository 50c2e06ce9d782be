using Lending.Kernel;
using Lending.Platform.Persistence;
using Microsoft.EntityFrameworkCore;

namespace Lending.Platform.Outbox;

/// <summary>A module's DbContext that keeps outgoing events in its schema; implementing it is all that this takes.</summary>
public interface IHasOutbox
{
    /// <summary>The outgoing events.</summary>
    DbSet<OutboxMessage> Outbox { get; }
}

/// <summary>Writing of events.</summary>
public static class OutboxExtensions
{
    /// <summary>Tells of an event as soon as, and only if, the context's next <c>SaveChangesAsync</c> is committed. Those of one aggregate are told in this order.</summary>
    public static void Publish<TContext>(this TContext db, IEvent happened)
        where TContext : ModuleDbContext, IHasOutbox => db.Outbox.Add(OutboxMessage.Of(happened, db.Now, db.CountEvent()));
}
