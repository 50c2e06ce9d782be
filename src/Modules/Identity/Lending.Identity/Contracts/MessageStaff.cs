using Lending.Kernel;
using Lending.Notifications.Contracts;

namespace Lending.Identity.Contracts;

internal sealed class MessageStaff(IStaffDirectory staff) : IMessageStaff
{
    public async Task<IReadOnlyList<MessageAdministrator>> ListAdministratorsAsync(CancellationToken ct) =>
        [.. (await staff.ListAsync(Role.Admin, ct)).Select(member => new MessageAdministrator(member.Id, member.Username, member.Email))];
}
