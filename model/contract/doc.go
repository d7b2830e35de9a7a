// Package contract holds the rules of an outcomes contract: what a child's
// life earns, what that costs whom, and what care costs with and without the
// programme.
//
// # Weeks first, money after
//
// What is uncertain is where each child lives each week. Everything in pounds
// follows from that without chance. So there are two steps, and all that passes
// from one to the other is numbers of weeks and units:
//
//   - A [Trigger] reads one child's [Path] and says what it earns in units:
//     full weeks, for example. It knows the rules that depend on one child
//     (first payable week, window, cap per child, interruption) and no money.
//   - [Price] turns [Counts] of weeks and units into a [Ledger] in pence. It
//     knows tariffs, caps, payers and unit costs, and no child.
//
// Counts come whole from one replication ([Tally]) or as exact expectations
// ([Expected]); both are priced by the same code. Prices can therefore be
// changed without simulating any life again.
//
// # The order of pricing
//
// A [Pricer] takes the quarters in order, and in each one:
//
//  1. Units × tariff, less the agreed deadweight of the metric, rounded to the
//     penny once. A tariff is uplifted and rounded to the penny on each 1 April
//     after the first quarter. It may be that of the tier of the cohort's rate on
//     the measuring date ([Tier], [CohortRate]), or another beyond a number of
//     units ([Beyond]). This is the claim.
//  2. The cap of each metric, in units and then in £. What is left of it is
//     shared over commissioners in proportion to what they claim.
//  3. A grant, where the quarter has one, in place of what is left of the
//     claims. It is shared over the lines (metric and commissioner) in
//     proportion to that, or in equal parts over those that the metrics pay
//     for if nothing is left.
//  4. The cap of the financial year and then that of the contract, in £. What
//     is left of it is shared over the lines in proportion to what is left of
//     them. A year cap is whole again on each 1 April; what was over it is lost. A
//     [DeliveryFee] that counts towards the contract's cap has its room first.
//  5. Each commissioner's claim, with its part of a delivery fee, is split over the payers by the shares in
//     force in the quarter.
//  6. The cap of each payer, in £. What is over it is paid by the claiming
//     commissioner or by nobody, as the contract says.
//
// A cap in units is used up by units earned, before deadweight and also in a
// quarter with a grant. A cap in £ is used up by what step 4 lets through. Of a
// grant, too, that counts towards the cap of the metric, which does not limit it.
//
// Wherever an amount is shared out, everyone gets the whole pence of the exact
// share, and the pence left over go one each to the largest remainders. So
// parts always add up to the whole and are within a penny of the exact share.
// Ties under a cap go by name, metric before commissioner; ties between payers
// go to the payer listed first. Apart from that, the order in which anything is
// listed changes nothing.
//
// Placement costs are priced beside this: weeks × unit cost, for either arm,
// in the tracking window and after it. The cashable part is the cohort's share
// of what is avoided in the tracking window; it is kept where it is negative.
//
// # Exactness
//
// Whole counts are priced in whole pence throughout; shares are held in
// billionths. Expected counts are rounded to the penny once for each line and
// quarter, before the caps, and a cap in units then shares out fractions of
// units, where whole counts share out whole units. A cap applied to an
// expectation is not the expectation of what a cap lets through: see the two
// figures in package montecarlo. So it is with tiers of a rate and prices beyond
// a number of units: an expectation is priced at the tier of the expected rate.
//
// # What it does not do
//
// There are no minimum payments. Nothing here is random, reads a file, or checks
// whether a metric's cohorts and states exist: see model.Programme.Validate.
// Costs of delivery, capital and present values belong to package finance.
//
// # Where the cells are
//
// [Counts] and [Ledger] keep their numbers in rows, one cell for each quarter.
// Their methods give the row of a name; [Shape.Row] and [Shape.WeeksRow] give its
// number, for code that adds many rows up. No other package depends on how rows
// follow one another.
//
// # To add a trigger
//
// See [Trigger], which has the steps.
package contract
