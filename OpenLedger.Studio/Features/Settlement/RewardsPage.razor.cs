using Microsoft.AspNetCore.Components;
using MudBlazor;
using OpenLedger.Contracts;
using OpenLedger.Contracts.Values;
using OpenLedger.Studio.Components;
using OpenLedger.Studio.Security;

namespace OpenLedger.Studio.Features.Settlement;

/// <summary>One wallet's earnings, claims and prepaid balance. Asks use cases, and the wallet through its script.</summary>
public sealed partial class RewardsPage : IDisposable
{
    private static readonly DialogOptions _dialog = new() { MaxWidth = MaxWidth.ExtraSmall, FullWidth = true, CloseOnEscapeKey = true, CloseButton = false };

    private readonly CancellationTokenSource _left = new();
    private Address _account;
    private Rewards? _rewards;
    private Wei? _wallet;
    private bool _practice;
    private bool _busy;
    private string? _why;
    private string? _depositProblem;

    [Inject] private CurrentPerson Current { get; set; } = null!;

    [Inject] private ReadRewards Read { get; set; } = null!;

    [Inject] private ReadWallet Wallet { get; set; } = null!;

    [Inject] private PrepareClaim Prepare { get; set; } = null!;

    [Inject] private PrepareDeposit Deposit { get; set; } = null!;

    [Inject] private WalletLink Link { get; set; } = null!;

    [Inject] private IChain Chain { get; set; } = null!;

    [Inject] private IDialogService Dialogs { get; set; } = null!;

    [Inject] private ISnackbar Toasts { get; set; } = null!;

    public void Dispose()
    {
        _left.Cancel();
        _left.Dispose();
    }

    protected override Task OnInitializedAsync() => LoadAsync();

    private async Task LoadAsync()
    {
        if ((await Current.GetAsync()).Address is not Address account) return;
        _account = account;
        _why = null;
        _practice = Chain.Id == ChainId.Development;
        _rewards = await Read.OfAsync(account, _left.Token);
        _wallet = await Wallet.BalanceAsync(account, _left.Token);
    }

    private async Task ClaimAsync()
    {
        if (await Prepare.PrepareAsync(_account, _left.Token) is not ClaimOffer offer)
        {
            Toasts.Done("There is nothing to claim yet. The next settlement brings it.");
            await LoadAsync();
            return;
        }

        DialogParameters<ClaimDialog> parameters = new() { { dialog => dialog.Offer, offer }, { dialog => dialog.Answers, _rewards!.Answers } };
        IDialogReference asked = await Dialogs.ShowAsync<ClaimDialog>("Claim", parameters, _dialog);
        if (await asked.Result is { Canceled: false }) await SendAsync(offer.Transaction, $"Claimed. {Money.Round(offer.Amount)} OPEN is in the wallet.", "The claim was refused by the contract; nothing was paid.");
    }

    private async Task DepositAsync(string amount)
    {
        DepositResult result = Deposit.Prepare(_account, amount);
        _depositProblem = (result as DepositResult.Refused)?.Reason;
        if (result is DepositResult.Ready ready) await SendAsync(ready.Transaction, $"{Money.Round(ready.Amount)} OPEN is prepaid for your chats.", "The deposit was refused by the contract; nothing was paid.");
    }

    private async Task SendAsync(WalletTransaction transaction, string done, string refused)
    {
        _busy = true;
        _why = null;
        (TransactionFate? fate, string? why) = await Link.SendAsync(_account, transaction, _left.Token);
        _busy = false;
        await LoadAsync();
        if (fate is not TransactionFate known)
        {
            _why = why;
            return;
        }

        _why = known switch
        {
            TransactionFate.Booked => null,
            TransactionFate.Refused => refused,
            TransactionFate.Unknown => "The chain does not have the transaction yet. It is booked when it does.",
        };
        if (known == TransactionFate.Booked) Toasts.Done(done);
    }
}
