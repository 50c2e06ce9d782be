using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using Lending.Customers.Contracts;
using Lending.Identity.Contracts;
using Lending.Kernel;
using Lending.Loans.Contracts;
using Lending.Loans.Data;
using Lending.Platform.Outbox;
using Lending.Platform.Persistence;
using Lending.Platform.Security;
using Lending.Platform.Telemetry;
using Lending.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Lending.Loans.Tests.Events;

/// <summary>Events are delivered at least once, whatever happens in between.</summary>
public sealed class OutboxTests(OutboxTests.Fixture fixture) : IClassFixture<OutboxTests.Fixture>, IAsyncLifetime
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private readonly ModuleHost host = fixture.Host;
    private readonly Behaviour behaviour = fixture.Behaviour;

    public async ValueTask InitializeAsync()
    {
        behaviour.Reset();
        host.WaitForHandlers(TimeSpan.FromMilliseconds(250));
        await ExecuteAsync(host.Database, "TRUNCATE loans.outbox_messages");
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task An_event_reaches_its_handler_once_acting_for_its_organisation()
    {
        var happened = await PublishAsync();

        await host.DeliverEventsAsync();
        await host.DeliverEventsAsync();

        var call = behaviour.Calls.ShouldHaveSingleItem();
        call.Event.ShouldBe(happened);
        call.Organization.ShouldBe(happened.OrganizationId);
        call.User.ShouldBe(UserReference.System);
        var row = await RowOfAsync(happened);
        call.MessageId.ShouldBe(row.Id);
        row.DeliveredAt.ShouldNotBeNull();
        row.Attempts.ShouldBe(1);
        row.LastError.ShouldBeNull();
    }

    [Fact]
    public async Task An_event_is_handled_in_the_trace_of_the_request_that_made_it()
    {
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == "Lending.Outbox",
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
        };
        ActivitySource.AddActivityListener(listener);
        var parents = new List<string?>();
        behaviour.Act = _ =>
        {
            parents.Add(Activity.Current?.ParentId);
            return Task.CompletedTask;
        };
        using (var request = new Activity("request") { ActivityTraceFlags = ActivityTraceFlags.Recorded }.Start())
        {
            await PublishAsync();
            parents.Add(request.Id);
        }
        // What nobody records leaves nothing to follow.
        using (new Activity("request").Start())
        {
            (await RowOfAsync(await PublishAsync())).TraceParent.ShouldBeNull();
        }

        await host.DeliverEventsAsync();

        parents.ShouldBe([parents[0], parents[0], null]);
        parents[0].ShouldNotBeNull();
    }

    [Fact]
    public async Task Figures_tell_how_many_events_wait_that_this_version_handles_and_how_long()
    {
        await PublishAsync();
        var organizationId = Unique.Id();
        await PublishAsync(NewerEvent(organizationId), organizationId);
        host.Clock.Advance(TimeSpan.FromSeconds(90));
        await PublishAsync();

        (await FigureAsync("lending.outbox.waiting")).ShouldBe(2);
        (await FigureAsync("lending.outbox.oldest")).ShouldBeInRange(90, 150);

        await host.DeliverEventsAsync();

        (await FigureAsync("lending.outbox.waiting")).ShouldBe(0);
        (await FigureAsync("lending.outbox.oldest")).ShouldBe(0);
    }

    [Fact]
    public async Task An_event_that_is_not_committed_is_never_told()
    {
        var organizationId = Unique.Id();
        await InModuleAsync(
            organizationId,
            async db =>
            {
                await using var transaction = await db.Database.BeginTransactionAsync();
                db.Publish(Event(organizationId));
                return await db.SaveChangesAsync();
            }
        );

        await host.DeliverEventsAsync();

        behaviour.Calls.ShouldBeEmpty();
    }

    [Fact]
    public async Task An_event_of_another_organisation_cannot_be_written()
    {
        await Should.ThrowAsync<InvalidOperationException>(() => PublishAsync(Event(Unique.Id()), actingFor: Unique.Id()));
        await Should.ThrowAsync<ArgumentException>(() => PublishAsync(Event(Guid.Empty), actingFor: Unique.Id()));
    }

    [Fact]
    public async Task An_event_that_this_version_does_not_handle_is_left_for_the_next_version()
    {
        // More than a batch, and older than what is handled here: they must not stand in its way.
        var organizationId = Unique.Id();
        var unknown = Enumerable.Range(0, 60).Select(_ => NewerEvent(organizationId)).ToList();
        await PublishAsync(organizationId, unknown);
        host.Clock.Advance(TimeSpan.FromSeconds(1));
        var known = await PublishAsync();

        await host.DeliverEventsAsync();

        (await RowOfAsync(known)).DeliveredAt.ShouldNotBeNull();
        foreach (var row in await Task.WhenAll(RowOfAsync(unknown[0]), RowOfAsync(unknown[^1])))
        {
            row.DeliveredAt.ShouldBeNull();
            row.Attempts.ShouldBe(0);
        }

        // During a rolling deployment, an instance of the next version works beside this one.
        var newer = new NewerBehaviour();
        await using var next = await fixture.StartAsync(
            pollSeconds: 3600,
            host,
            services => services.AddSingleton(newer).AddEventHandler<LoanOfferExpired, NewerRecorder>()
        );
        next.Clock.Advance(host.Clock.GetUtcNow() - next.Clock.GetUtcNow() + TimeSpan.FromMinutes(1));
        await next.DeliverEventsAsync();

        // The instance looks by itself when it starts, and may have some of them still in hand.
        await UntilAsync(async () => await CountAsync("delivered_at IS NULL") == 0);
        newer.Heard.Order().ShouldBe(unknown.Select(happened => happened.OfferId).Order());
    }

    [Fact]
    public async Task An_event_that_no_instance_handled_for_a_day_is_thrown_away()
    {
        var organizationId = Unique.Id();
        var unknown = NewerEvent(organizationId);
        await PublishAsync(unknown, organizationId);
        behaviour.Act = _ => throw new InvalidOperationException();
        var failing = await PublishAsync();
        host.Clock.Advance(TimeSpan.FromHours(23));
        await host.DeleteOldEventsAsync();
        (await FindRowAsync(unknown)).ShouldNotBeNull();
        host.Clock.Advance(TimeSpan.FromHours(2));

        await host.DeleteOldEventsAsync();

        (await FindRowAsync(unknown)).ShouldBeNull();
        (await FindRowAsync(failing)).ShouldNotBeNull("it is handled here, though not yet");
    }

    [Fact]
    public async Task An_event_is_delivered_again_when_its_delivery_could_not_be_recorded()
    {
        var happened = await PublishAsync();
        // As when the process dies between handling and recording: the dispatcher's connection is gone, with its transaction.
        behaviour.Act = _ => KillDispatchersConnectionAsync();
        // However slow the machine is, the dispatcher does not go on without the handler.
        host.WaitForHandlers(Patience);

        await Should.ThrowAsync<NpgsqlException>(() => host.DeliverEventsAsync());
        (await RowOfAsync(happened)).ShouldSatisfyAllConditions(row => row.DeliveredAt.ShouldBeNull(), row => row.Attempts.ShouldBe(0));
        behaviour.Act = _ => Task.CompletedTask;
        // PostgreSQL lets go of a lost connection's locks some time after the connection has ended.
        await UntilAsync(async () =>
        {
            await host.DeliverEventsAsync();
            return behaviour.Calls.Count > 1;
        });

        behaviour.Calls.Select(call => call.Event).ShouldBe([happened, happened]);
        behaviour.Calls.Select(call => call.MessageId).Distinct().Count().ShouldBe(1);
        (await RowOfAsync(happened)).DeliveredAt.ShouldNotBeNull();
    }

    [Fact]
    public async Task What_was_delivered_before_the_host_stops_is_not_delivered_again()
    {
        var first = await PublishAsync();
        host.Clock.Advance(TimeSpan.FromSeconds(1));
        var second = await PublishAsync();
        using var stopping = new CancellationTokenSource();
        behaviour.Act = async call =>
        {
            if (call.Event == second)
            {
                await stopping.CancelAsync();
                stopping.Token.ThrowIfCancellationRequested();
            }
        };

        await host.DeliverEventsAsync(stopping.Token);
        behaviour.Act = _ => Task.CompletedTask;
        await host.DeliverEventsAsync();

        behaviour.Calls.Select(call => call.Event).ShouldBe([first, second, second]);
        (await RowOfAsync(second)).Attempts.ShouldBe(1);
    }

    [Fact]
    public async Task Two_instances_share_the_events_and_deliver_each_once()
    {
        const int count = 300;
        var organizationId = Unique.Id();
        var published = Enumerable.Range(0, count).Select(_ => Event(organizationId)).ToList();
        await PublishAsync(organizationId, published);
        behaviour.Act = _ => Task.Delay(1);

        await Task.WhenAll(host.DeliverEventsAsync(), host.DeliverEventsAsync());

        behaviour.Calls.Select(call => call.Event.OfferId).Order().ShouldBe(published.Select(happened => happened.OfferId).Order());
        (await CountAsync("delivered_at IS NOT NULL AND attempts = 1")).ShouldBe(count);
    }

    [Fact]
    public async Task An_event_that_one_instance_is_busy_with_is_left_alone_by_others()
    {
        await PublishAsync();
        var reached = new TaskCompletionSource();
        var goOn = new TaskCompletionSource();
        behaviour.Act = async _ =>
        {
            reached.SetResult();
            await goOn.Task;
        };

        var busy = host.DeliverEventsAsync();
        await reached.Task.WaitAsync(Patience);
        behaviour.Act = _ => Task.CompletedTask;
        var late = await PublishAsync();
        await host.DeliverEventsAsync().WaitAsync(Patience);
        // The first one may have gone on with it.
        await UntilAsync(() => Task.FromResult(behaviour.Calls.Count == 2));
        behaviour.Calls.Last().Event.ShouldBe(late);
        goOn.SetResult();
        await busy;

        behaviour.Calls.Count.ShouldBe(2);
        (await CountAsync("delivered_at IS NOT NULL")).ShouldBe(2);
    }

    [Fact]
    public async Task An_event_that_cannot_be_handled_blocks_no_other_and_is_tried_again_ever_later()
    {
        var poison = await PublishAsync();
        host.Clock.Advance(TimeSpan.FromSeconds(1));
        var good = await PublishAsync();
        behaviour.Act = call =>
            call.Event == poison ? throw new InvalidOperationException("greta.sommer@example.org cannot be reached") : Task.CompletedTask;

        var (began, ended) = await DeliverAsync();
        (await RowOfAsync(good)).DeliveredAt.ShouldNotBeNull();
        // Ten doublings of five seconds are more than an hour, the longest pause.
        int[] pausesSeconds = [5, 10, 20, 40, 80, 160, 320, 640, 1280, 2560, 3600, 3600, 3600];
        for (var attempt = 1; attempt <= pausesSeconds.Length; attempt++)
        {
            var row = await RowOfAsync(poison);
            row.Attempts.ShouldBe(attempt);
            row.DeliveredAt.ShouldBeNull();
            row.LastError.ShouldBe("Recorder: System.InvalidOperationException");
            var pause = TimeSpan.FromSeconds(pausesSeconds[attempt - 1]);
            row.NextAttemptAt.ShouldBeInRange(began + pause - TimeSpan.FromMilliseconds(1), ended + pause);
            if (pause > Patience)
            {
                await host.DeliverEventsAsync();
                (await RowOfAsync(poison)).Attempts.ShouldBe(attempt, "it is not due yet");
            }
            host.Clock.Advance(pause);
            (began, ended) = await DeliverAsync();
        }
        behaviour.Act = _ => Task.CompletedTask;
        host.Clock.Advance(TimeSpan.FromHours(1));
        await host.DeliverEventsAsync();

        (await RowOfAsync(poison)).ShouldSatisfyAllConditions(
            row => row.DeliveredAt.ShouldNotBeNull(),
            row => row.LastError.ShouldBeNull(),
            row => row.Attempts.ShouldBe(pausesSeconds.Length + 2)
        );
        behaviour.Calls.Count(call => call.Event == good).ShouldBe(1);

        async Task<(DateTimeOffset Began, DateTimeOffset Ended)> DeliverAsync()
        {
            var before = host.Clock.GetUtcNow();
            await host.DeliverEventsAsync();
            return (before, host.Clock.GetUtcNow());
        }
    }

    [Fact]
    public async Task Events_about_the_same_that_are_saved_at_once_are_delivered_in_the_order_in_which_they_were_told()
    {
        var (organizationId, offerId) = (Unique.Id(), Unique.Id());
        var told = Enumerable.Range(0, 30).Select(_ => Event(organizationId, offerId)).ToList();
        await PublishAsync(organizationId, told);

        // An event waits for the one before it, so a round of deliveries delivers one.
        await UntilAsync(async () =>
        {
            await host.DeliverEventsAsync();
            return behaviour.Calls.Count == told.Count;
        });

        behaviour.Calls.Select(call => call.Event).ShouldBe(told);
    }

    [Fact]
    public async Task An_event_waits_until_the_one_before_it_about_the_same_is_delivered_and_others_do_not()
    {
        var (offerId, otherId) = (Unique.Id(), Unique.Id());
        var first = await PublishAboutAsync(offerId);
        var second = await PublishAboutAsync(offerId);
        var other = await PublishAboutAsync(otherId);
        var third = await PublishAboutAsync(offerId);
        behaviour.Act = call => call.Event == first ? throw new InvalidOperationException() : Task.CompletedTask;

        await host.DeliverEventsAsync();

        behaviour.Calls.Select(call => call.Event).ShouldBe([first, other]);
        // What waits for it is not due before it, so that nobody looks at it in vain.
        (await RowOfAsync(third)).NextAttemptAt.ShouldBe((await RowOfAsync(first)).NextAttemptAt);
        behaviour.Act = _ => Task.CompletedTask;
        host.Clock.Advance(TimeSpan.FromSeconds(5));
        await host.DeliverEventsAsync();

        behaviour.Calls.Select(call => call.Event).ShouldBe([first, other, first, second, third]);
    }

    [Fact]
    public async Task The_order_is_that_of_the_commits_whatever_the_clocks_say()
    {
        var offerId = Unique.Id();
        var organizationId = Unique.Id();
        // As of an instance whose clock is behind.
        var second = Event(organizationId, offerId) with
        {
            At = host.Clock.GetUtcNow().AddMinutes(-5),
        };
        var first = Event(organizationId, offerId);
        await PublishAsync(first, organizationId);
        await PublishAsync(second, organizationId);

        await host.DeliverEventsAsync();

        behaviour.Calls.Select(call => call.Event).ShouldBe([first, second]);
    }

    [Fact]
    public async Task An_event_waits_for_the_one_before_it_that_another_instance_is_busy_with()
    {
        var offerId = Unique.Id();
        var first = await PublishAboutAsync(offerId);
        var reached = new TaskCompletionSource();
        var goOn = new TaskCompletionSource();
        behaviour.Act = async _ =>
        {
            reached.SetResult();
            await goOn.Task;
        };
        var busy = host.DeliverEventsAsync();
        await reached.Task.WaitAsync(Patience);
        behaviour.Act = _ => Task.CompletedTask;
        var second = await PublishAboutAsync(offerId);
        var other = await PublishAsync();

        await host.DeliverEventsAsync().WaitAsync(Patience);
        await UntilAsync(() => Task.FromResult(behaviour.Calls.Count == 2));
        behaviour.Calls.Select(call => call.Event).ShouldBe([first, other]);
        goOn.SetResult();
        await busy;

        behaviour.Calls.Select(call => call.Event).ShouldBe([first, other, second]);
    }

    [Fact]
    public async Task A_handler_that_waits_holds_up_only_what_is_about_the_same()
    {
        var (offerId, otherId) = (Unique.Id(), Unique.Id());
        var slow = await PublishAboutAsync(offerId);
        var other = await PublishAboutAsync(otherId);
        var same = await PublishAboutAsync(offerId);
        var goOn = new TaskCompletionSource();
        behaviour.Act = call => call.Event == slow ? goOn.Task : Task.CompletedTask;

        var delivering = host.DeliverEventsAsync();
        await UntilAsync(async () => (await RowOfAsync(other)).DeliveredAt is not null);
        var later = await PublishAboutAsync(otherId);
        // As another instance, which leaves alone what this one is busy with.
        await host.DeliverEventsAsync().WaitAsync(Patience);
        await UntilAsync(() => Task.FromResult(behaviour.Calls.Count == 3));
        behaviour.Calls.Select(call => call.Event).ShouldBe([slow, other, later]);
        (await RowOfAsync(slow)).ShouldSatisfyAllConditions(row => row.DeliveredAt.ShouldBeNull(), row => row.Attempts.ShouldBe(0));
        goOn.SetResult();
        await delivering;

        behaviour.Calls.Select(call => call.Event).ShouldBe([slow, other, later, same]);
        (await CountAsync("delivered_at IS NOT NULL AND attempts = 1")).ShouldBe(4);
    }

    [Fact]
    public async Task However_many_events_of_a_type_take_long_those_of_other_types_go_on()
    {
        var newer = new NewerBehaviour();
        await using var both = await fixture.StartAsync(
            pollSeconds: 3600,
            host,
            services => services.AddSingleton(newer).AddEventHandler<LoanOfferExpired, NewerRecorder>()
        );
        await both.StopDeliveringAsync();
        both.Clock.Advance(host.Clock.GetUtcNow() - both.Clock.GetUtcNow() + TimeSpan.FromMinutes(1));
        var goOn = new TaskCompletionSource();
        behaviour.Act = _ => goOn.Task;
        for (var number = 0; number < 6; number++)
        {
            await PublishAsync();
        }
        var organizationId = Unique.Id();
        var quick = NewerEvent(organizationId);
        await PublishAsync(quick, organizationId);

        var delivering = both.DeliverEventsAsync();
        await UntilAsync(() => Task.FromResult(!newer.Heard.IsEmpty));
        behaviour.Calls.Count.ShouldBeInRange(1, 4);
        goOn.SetResult();
        await delivering;

        newer.Heard.ShouldBe([quick.OfferId]);
        behaviour.Calls.Select(call => call.Event).Distinct().Count().ShouldBe(6);
        (await CountAsync("delivered_at IS NOT NULL AND attempts = 1")).ShouldBe(7);
    }

    [Fact]
    public async Task Four_instances_keep_the_order_of_each_aggregate_while_handlers_fail_at_random()
    {
        const int aggregates = 20;
        const int each = 10;
        var organizationId = Unique.Id();
        var offers = Enumerable.Range(0, aggregates).Select(_ => Unique.Id()).ToList();
        var published = new List<LoanOfferApproved>();
        for (var number = 0; number < each; number++)
        {
            foreach (var offerId in offers)
            {
                published.Add(Event(organizationId, offerId) with { By = Unique.Id() });
            }
        }
        foreach (var happened in published)
        {
            await PublishAsync(happened, organizationId);
        }
        var handled = new ConcurrentQueue<LoanOfferApproved>();
        behaviour.Act = async call =>
        {
            await Task.Yield();
            if (Random.Shared.Next(4) == 0)
            {
                throw new InvalidOperationException();
            }
            handled.Enqueue(call.Event);
        };

        while (await CountAsync("delivered_at IS NULL") > 0)
        {
            await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => host.DeliverEventsAsync()));
            host.Clock.Advance(TimeSpan.FromHours(1));
        }

        handled.Count.ShouldBe(published.Count);
        foreach (var offerId in offers)
        {
            handled.Where(happened => happened.OfferId == offerId).ShouldBe(published.Where(happened => happened.OfferId == offerId));
        }
    }

    [Fact]
    public async Task An_event_that_failed_too_often_is_dead_and_only_what_is_about_the_same_waits_for_it()
    {
        var offerId = Unique.Id();
        var dead = await PublishAboutAsync(offerId);
        var later = await PublishAboutAsync(offerId);
        behaviour.Act = call => call.Event == dead ? throw new InvalidOperationException() : Task.CompletedTask;

        await FailUntilDeadAsync();

        (await RowOfAsync(dead)).ShouldSatisfyAllConditions(
            row => row.DiedAt.ShouldNotBeNull(),
            row => row.DeliveredAt.ShouldBeNull(),
            row => row.Attempts.ShouldBe(20)
        );
        (await FigureAsync("lending.outbox.dead")).ShouldBe(1);
        (await FigureAsync("lending.outbox.waiting")).ShouldBe(1);
        behaviour.Calls.Clear();
        var other = await PublishAsync();
        host.Clock.Advance(TimeSpan.FromDays(2));
        await host.DeliverEventsAsync();
        await host.DeleteOldEventsAsync();
        behaviour.Calls.Select(call => call.Event).ShouldBe([other]);
        (await RowOfAsync(later)).DiedAt.ShouldBeNull();

        // When what was wrong is mended, both come in their order.
        behaviour.Act = _ => Task.CompletedTask;
        behaviour.Calls.Clear();
        (await ReplayAsync(new OutboxFilter(Id: null, Module: null, "LoanOfferApproved", Status: null))).ShouldHaveSingleItem();
        await host.DeliverEventsAsync();
        behaviour.Calls.Select(call => call.Event).ShouldBe([dead, later]);
        (await FigureAsync("lending.outbox.dead")).ShouldBe(0);
    }

    [Fact]
    public async Task Not_even_an_instance_without_a_handler_throws_away_what_is_dead_or_waits_for_it()
    {
        var dead = await PublishAboutAsync(Unique.Id());
        var later = await PublishAboutAsync(dead.OfferId);
        behaviour.Act = _ => throw new InvalidOperationException();
        await FailUntilDeadAsync();

        await using var another = await fixture.StartAsync(pollSeconds: 3600, host, handles: false);
        another.Clock.Advance(host.Clock.GetUtcNow() - another.Clock.GetUtcNow() + TimeSpan.FromDays(40));
        await another.DeleteOldEventsAsync();
        (await FindRowAsync(dead)).ShouldNotBeNull();
        (await FindRowAsync(later)).ShouldNotBeNull();
    }

    [Fact]
    public async Task A_handler_that_fails_keeps_no_other_from_the_event()
    {
        var happened = await PublishAsync();
        behaviour.ActOfOther = _ => throw new TimeoutException();

        await host.DeliverEventsAsync();

        behaviour.Calls.ShouldHaveSingleItem();
        (await RowOfAsync(happened)).LastError.ShouldBe("OtherRecorder: System.TimeoutException");
    }

    [Fact]
    public async Task Delivered_events_are_deleted_after_thirty_days_and_waiting_ones_never()
    {
        var old = await PublishAsync();
        await host.DeliverEventsAsync();
        behaviour.Act = _ => throw new InvalidOperationException();
        var waiting = await PublishAsync();
        await host.DeliverEventsAsync();
        host.Clock.Advance(TimeSpan.FromDays(29));
        await host.DeleteOldEventsAsync();
        (await FindRowAsync(old)).ShouldNotBeNull();
        behaviour.Act = _ => Task.CompletedTask;
        var recent = await PublishAsync();
        await host.DeliverEventsAsync();
        behaviour.Act = _ => throw new InvalidOperationException();
        host.Clock.Advance(TimeSpan.FromDays(2));

        await host.DeleteOldEventsAsync();

        (await FindRowAsync(old)).ShouldBeNull();
        (await FindRowAsync(recent)).ShouldNotBeNull();
        (await FindRowAsync(waiting)).ShouldNotBeNull();
    }

    [Fact]
    public async Task An_event_that_the_broker_has_not_confirmed_is_not_deleted()
    {
        var happened = await PublishAsync();
        await host.DeliverEventsAsync();
        await ExecuteAsync(
            host.Database,
            $"""
            INSERT INTO platform.broker_messages (id, organization_id, module, type, aggregate_id, payload, occurred_at)
            SELECT id, organization_id, 'loans', type, aggregate_id, payload, occurred_at FROM loans.outbox_messages
            WHERE organization_id = '{happened.OrganizationId}'
            """
        );
        host.Clock.Advance(TimeSpan.FromDays(31));
        await host.DeleteOldEventsAsync();
        (await FindRowAsync(happened)).ShouldNotBeNull();

        await ExecuteAsync(host.Database, "DELETE FROM platform.broker_messages");
        await host.DeleteOldEventsAsync();

        (await FindRowAsync(happened)).ShouldBeNull();
    }

    [Fact]
    public async Task The_host_delivers_by_itself_and_goes_on_after_a_failure()
    {
        await using var polling = await fixture.StartAsync(pollSeconds: 1);
        var dataSource = polling.Database;
        await ExecuteAsync(dataSource, "ALTER TABLE loans.outbox_messages RENAME TO away");
        await Task.Delay(TimeSpan.FromSeconds(1.5), TestContext.Current.CancellationToken);
        await ExecuteAsync(dataSource, "ALTER TABLE loans.away RENAME TO outbox_messages");
        var delivered = new TaskCompletionSource();
        behaviour.Act = _ =>
        {
            delivered.TrySetResult();
            return Task.CompletedTask;
        };

        var organizationId = Unique.Id();
        await InModuleAsync(
            organizationId,
            db =>
            {
                db.Publish(Event(organizationId) with { At = polling.Clock.GetUtcNow() });
                return db.SaveChangesAsync();
            },
            polling
        );

        await delivered.Task.WaitAsync(Patience, TestContext.Current.CancellationToken);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task An_idle_instance_delivers_without_looking_for_it_what_it_or_another_one_has_committed(bool isItsOwn)
    {
        // Nobody looks within an hour.
        await using var idle = await fixture.StartAsync(pollSeconds: 3600, deliversAtOnce: true);
        await using var other = await fixture.StartAsync(pollSeconds: 3600, idle, deliversAtOnce: true);
        // What a host begins with is over, so that only the bell can be the cause.
        await UntilAsync(async () => await ListenersOfAsync(idle) == 2);
        if (!isItsOwn)
        {
            // The other one has seen to it that only the notice is left.
            await other.StopDeliveringAsync();
        }
        var organizationId = Unique.Id();

        // The first look of all may find the first one.
        for (var number = 0; number < 2; number++)
        {
            var delivered = new TaskCompletionSource<Call>();
            behaviour.Act = call =>
            {
                delivered.TrySetResult(call);
                return Task.CompletedTask;
            };
            var happened = Event(organizationId) with { At = idle.Clock.GetUtcNow() };

            await InModuleAsync(
                organizationId,
                db =>
                {
                    db.Publish(happened);
                    return db.SaveChangesAsync();
                },
                isItsOwn ? idle : other
            );

            (await delivered.Task.WaitAsync(Patience, TestContext.Current.CancellationToken)).Event.ShouldBe(happened);
        }
    }

    // Whoever is outside knows events by these names, and rows that wait for delivery do.
    [Fact]
    public void The_names_of_events_stay() =>
        typeof(LoanOfferEvent)
            .Assembly.GetTypes()
            .Where(type => typeof(IEvent).IsAssignableFrom(type) && !type.IsAbstract)
            .Select(type => type.Name)
            .Order(StringComparer.Ordinal)
            .ShouldBe([
                "LoanOfferAccepted",
                "LoanOfferApproved",
                "LoanOfferCancelled",
                "LoanOfferCreated",
                "LoanOfferDeclined",
                "LoanOfferDisbursed",
                "LoanOfferExpired",
                "LoanOfferRejected",
                "LoanOfferWithdrawalPeriodEnded",
                "LoanOfferWithdrawn",
            ]);

    private LoanOfferApproved Event(Guid organizationId, Guid? offerId = null) =>
        new()
        {
            OfferId = offerId ?? Unique.Id(),
            OrganizationId = organizationId,
            CustomerId = Unique.Id(),
            At = host.Clock.GetUtcNow(),
            By = Unique.Id(),
        };

    private LoanOfferExpired NewerEvent(Guid organizationId) =>
        new()
        {
            OfferId = Unique.Id(),
            OrganizationId = organizationId,
            CustomerId = Unique.Id(),
            At = host.Clock.GetUtcNow(),
            By = Guid.Empty,
        };

    private Task<LoanOfferApproved> PublishAsync() => PublishAboutAsync(offerId: null);

    private async Task<LoanOfferApproved> PublishAboutAsync(Guid? offerId)
    {
        var happened = Event(Unique.Id(), offerId);
        await PublishAsync(happened, happened.OrganizationId);
        return happened;
    }

    private Task<int> PublishAsync(IEvent happened, Guid actingFor) => PublishAsync(actingFor, [happened]);

    private Task<int> PublishAsync(Guid actingFor, IEnumerable<IEvent> events) =>
        InModuleAsync(
            actingFor,
            db =>
            {
                foreach (var happened in events)
                {
                    db.Publish(happened);
                }
                return db.SaveChangesAsync();
            }
        );

    private async Task<OutboxMessage> RowOfAsync(LoanOfferEvent happened) => (await FindRowAsync(happened)).ShouldNotBeNull();

    private Task<OutboxMessage?> FindRowAsync(LoanOfferEvent happened)
    {
        var offerId = happened.OfferId.ToString();
        return InModuleAsync(
            happened.OrganizationId,
            async db => (await db.Outbox.ToListAsync()).SingleOrDefault(row => row.Payload.Contains(offerId, StringComparison.Ordinal))
        );
    }

    private async Task<T> InModuleAsync<T>(Guid organizationId, Func<LoansDbContext, Task<T>> work, ModuleHost? module = null)
    {
        await using var scope = (module ?? host).Services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<Caller>().ActFor(organizationId, new UserReference(Unique.Id(), "test"));
        return await work(scope.ServiceProvider.GetRequiredService<LoansDbContext>());
    }

    private async Task<double> FigureAsync(string name)
    {
        var figure = host.Services.GetServices<CountedFigure>().Single(figure => figure.Name == name);
        await using var command = host.Database.CreateCommand(figure.Sql);
        command.Parameters.Add(new NpgsqlParameter<DateTimeOffset> { TypedValue = host.Clock.GetUtcNow() });
        return (double)(await command.ExecuteScalarAsync())!;
    }

    private static async Task<long> ListenersOfAsync(ModuleHost module)
    {
        await using var count = module.Database.CreateCommand(
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND query = 'LISTEN lending_outbox' AND state = 'idle'"
        );
        return (long)(await count.ExecuteScalarAsync())!;
    }

    private static async Task UntilAsync(Func<Task<bool>> isSo)
    {
        using var limit = new CancellationTokenSource(Patience);
        while (!await isSo())
        {
            await Task.Delay(20, limit.Token);
        }
    }

    private async Task<List<Guid>> ReplayAsync(OutboxFilter filter)
    {
        await using var scope = host.Services.CreateAsyncScope();
        var transactions = scope.ServiceProvider.GetRequiredService<Transactions>();
        await using var transaction = await transactions.BeginAsync(CancellationToken.None);
        var replayed = await scope.ServiceProvider.GetRequiredService<OutboxEvents>().ReplayAsync(filter, CancellationToken.None);
        await transaction.CommitAsync(CancellationToken.None);
        return replayed;
    }

    private async Task FailUntilDeadAsync()
    {
        while (await CountAsync("died_at IS NOT NULL") == 0)
        {
            await host.DeliverEventsAsync();
            host.Clock.Advance(TimeSpan.FromHours(1));
        }
    }

    private async Task<long> CountAsync(string condition)
    {
        await using var count = host.Database.CreateCommand($"SELECT count(*) FROM loans.outbox_messages WHERE {condition}");
        return (long)(await count.ExecuteScalarAsync())!;
    }

    private Task KillDispatchersConnectionAsync() =>
        ExecuteAsync(
            host.Database,
            """
            SELECT pg_terminate_backend(pid) FROM pg_stat_activity
            WHERE datname = current_database() AND state = 'idle in transaction' AND query LIKE '%outbox_messages%'
            """
        );

    private static async Task ExecuteAsync(NpgsqlDataSource dataSource, string sql)
    {
        await using var command = dataSource.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>A host of its own: these tests move the clock and deliver whatever is due.</summary>
    public sealed class Fixture : IAsyncLifetime
    {
        public ModuleHost Host { get; private set; } = null!;

        internal Behaviour Behaviour { get; } = new();

        public async ValueTask InitializeAsync() => Host = await StartAsync(pollSeconds: 3600);

        public ValueTask DisposeAsync() => Host.DisposeAsync();

        /// <summary>Starts a host; where it is told beside which other one, the two are instances of one product.</summary>
        internal Task<ModuleHost> StartAsync(
            int pollSeconds,
            ModuleHost? beside = null,
            Action<IServiceCollection>? addHandlers = null,
            bool handles = true,
            bool deliversAtOnce = false
        )
        {
            var settings = new Dictionary<string, string?>(StringComparer.Ordinal)
            {
                ["Outbox:PollSeconds"] = pollSeconds.ToString(CultureInfo.InvariantCulture),
            };
            if (beside is not null)
            {
                settings["ConnectionStrings:Lending"] = beside.Services.GetRequiredService<IConfiguration>().GetConnectionString("Lending");
            }
            return ModuleHost.StartAsync(
                new LoansModule(),
                services =>
                {
                    services
                        .AddSingleton<FakeCustomers>()
                        .AddScoped<ICustomerDirectory, FakeCustomers.Directory>()
                        .AddSingleton<IOrganizationDirectory, FakeOrganizations>()
                        .AddSingleton<IStaffDirectory, FakeStaff>()
                        .AddSingleton(Behaviour);
                    if (handles)
                    {
                        services.AddEventHandler<LoanOfferApproved, Recorder>().AddEventHandler<LoanOfferApproved, OtherRecorder>();
                    }
                    addHandlers?.Invoke(services);
                },
                settings,
                deliversAtOnce
            );
        }
    }

    internal sealed record Call(LoanOfferApproved Event, Guid MessageId, Guid Organization, UserReference User);

    /// <summary>What the handlers do, and what they were called with.</summary>
    internal sealed class Behaviour
    {
        public ConcurrentQueue<Call> Calls { get; } = new();

        public Func<Call, Task> Act { get; set; } = _ => Task.CompletedTask;

        public Func<LoanOfferApproved, Task> ActOfOther { get; set; } = _ => Task.CompletedTask;

        public void Reset()
        {
            Calls.Clear();
            Act = _ => Task.CompletedTask;
            ActOfOther = _ => Task.CompletedTask;
        }
    }

    private sealed class Recorder(Behaviour behaviour, Caller caller) : IEventHandler<LoanOfferApproved>
    {
        public Task HandleAsync(LoanOfferApproved happened, Guid messageId, CancellationToken ct)
        {
            var call = new Call(happened, messageId, caller.OrganizationId, caller.Reference);
            behaviour.Calls.Enqueue(call);
            return behaviour.Act(call);
        }
    }

    private sealed class OtherRecorder(Behaviour behaviour) : IEventHandler<LoanOfferApproved>
    {
        public Task HandleAsync(LoanOfferApproved happened, Guid messageId, CancellationToken ct) => behaviour.ActOfOther(happened);
    }

    /// <summary>Which offers' events the handler of the next version heard of.</summary>
    internal sealed class NewerBehaviour
    {
        public ConcurrentQueue<Guid> Heard { get; } = new();
    }

    private sealed class NewerRecorder(NewerBehaviour behaviour) : IEventHandler<LoanOfferExpired>
    {
        public Task HandleAsync(LoanOfferExpired happened, Guid messageId, CancellationToken ct)
        {
            behaviour.Heard.Enqueue(happened.OfferId);
            return Task.CompletedTask;
        }
    }
}
