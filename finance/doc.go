// Package finance turns a ledger into what a finance officer and an investor
// work with: budgets by financial year, the cash of delivery day by day, capital
// and rates of return.
//
// A contract.Ledger says quarter by quarter who pays what and what care costs.
// [Budgets] adds it up by commissioner and financial year, April to March,
// exactly, in £. [PresentValue] discounts a series over quarters to the start of the
// programme. What each payer pays in a financial year, by day of payment, is in the
// results of package montecarlo.
//
// # From ledger to capital
//
// Delivery is paid for long before outcomes are. [NewCash] prepares a
// programme's delivery and capital terms once; then, for each ledger,
//
//	finance.Follow(cash, counts, ledger, account) // who pays what on which day
//	cash.CapitalFigures(account, &figures)        // what it comes to
//
// without allocating. A [Cash] is for one goroutine at a time: others take a
// [Cash.Clone]. An [Account] reconciles, to the penny, on each day:
//
//	cash before + receipts + drawn + shortfall
//	    = costs + interest + repaid + shortfall repaid + cash after
//
// Cash begins and ends at £0 and is never below. So what all who finance a
// programme receive, less what they put in, is its surplus: receipts less costs
// of delivery, on whatever terms they share it.
//
// # The capital requirement
//
// It is the deepest point of receipts less costs of delivery, added up day by
// day: the least money with which a programme can be run if all receipts stay in
// it until the end. It takes no account of interest, a reserve, repayment on the
// way or a facility that is drawn on fixed days. It is not what is drawn: an
// investor who is repaid out of early receipts and draws again for later costs
// draws more, and a commitment that has been drawn cannot be drawn again. Nor is
// it what is at risk, for some of it may be in little doubt.
//
// # Who is repaid first
//
// After each receipt, cash that is not kept for costs or as a reserve repays
// whoever met a shortfall (or last, if the terms say so), then the investors in
// order of rank, each what it put in and its preferred return. What is left on
// the last day, once everybody has been repaid, is the residual, shared among the
// investors.
//
// # Investors and the consortium
//
// Each investor's flows are its own draws, interest and repayments. A shortfall
// is what costs and interest take beyond cash and facility; it bears no return.
// The consortium is all investors together with whoever met the shortfall, so
// that no loss disappears between them: a facility that is too small flatters
// its investors' rates, not the consortium's.
//
// # Rates of return
//
// Rates are effective and annual, by actual days over 365. Some series of flows
// have no internal rate, and some have several: [InternalRate] says so rather
// than return one of them, and so does the [RateStatus] of a [Return]. A rate of
// return on money that is out for a few weeks says little: read it beside the
// profit in £ and the money multiple. A party's profit is what it received less
// what it paid in; its multiple is the one over the other.
//
// # Figures that are not the same
//
//   - Gross avoided is what care would have cost less what it costs, in the
//     tracking window. Most of it is not money that can be taken out of a
//     budget.
//   - Cashable is the part of it that releases money already budgeted.
//   - Net saving to a commissioner is gross avoided less its own payments, and
//     net cashable is cashable less its own payments. What other payers pay of
//     its claims costs it nothing; a net public figure takes that off too.
//   - Surplus is receipts less costs of delivery. It belongs to those who
//     finance the programme, and is not a saving to the public.
//
// Each may be negative, and is then shown so.
//
// # Dates
//
// A quarter belongs to the financial year that holds it: January to March 2021
// is the last quarter of 2020/21. Budgets and [DiscountFactors] go by the
// quarter that a payment is for, and discounting puts it on the quarter's last
// day. Accounts go by the day of payment, so many days later. Costs of a quarter are paid in equal parts at the ends of its months
// that hold a day of the programme, whichever of them they arise in.
//
// Fixed costs and quarterly fees are due by the month: for each such month, a
// third of the amount for a whole quarter that applies on the month's first day.
// A programme that begins on 1 March has a third of its first quarter's, and an
// amount that applies from 2 April is due for May and later.
//
// A week's costs arise in the quarter that holds its last day. Where the first
// days of a programme are in a week that ends in the next quarter, their own
// quarter has no costs but those due once, and nothing fixed is due for their
// month.
//
// An account is in one kind of prices, constant or cash, and so is everything
// worked out from it: rates are real in constant prices and nominal in cash. Where
// no amount has an indexation of its own, it is worked out in constant prices, and
// otherwise in cash, as money moves. A cash flow takes the financial year of its
// day. An amount that keeps its value keeps it until it is paid. Show the
// undiscounted sum beside every present value.
//
// # What it does not do
//
// Nothing here knows a child, a trigger or a random number: one ledger gives one
// account, and how likely it is must be found by running many. Nothing is solved
// for, neither a tariff nor the size of a facility. There are no taxes, cash
// earns no interest, and costs are never late.
package finance
