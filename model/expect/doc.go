// Package expect works out the exact expectation of a programme: where its
// children are expected to live and what their lives are expected to earn,
// with no random draw and no error of discretisation. [Of] gives all of it, and
// [Occupancy] where the children of one cohort are, week by week.
//
// It is written apart from the simulation and shares only the programme's
// terms with it, so that each proves the other. Children are moved from week to
// week by package markov.
//
// # Shares in place of children
//
// A simulation follows many children and counts them. Here one child is
// followed once, as a set of shares: 0.7 of her is still in residential care
// in week 30, 0.2 in foster care, 0.1 home again. A week's moves take their
// probability out of each share and put it where they lead. Adding up shares
// week by week gives expected weeks.
//
// The moves of a cohort are one row for each state. That of its planned state is
// the cohort's failure while children are tracked, and after that the row of the
// state's parent. A child whose placement fails moves by the background again.
//
// # Three groups
//
// Up to the lag both arms are the same life. In week lag the children divide:
//
//   - those who are not in the start state: the programme has nothing to offer
//     them, and both arms go on as one;
//   - those who are in it, even if they have been away, as they would live
//     without the programme;
//   - a child who starts, who is in the planned state from that week.
//
// Each group is followed once. Let O and C be the shares of all children that
// the first two have in some state and week, and S the share of itself that
// the third has; e = the share of all children who are in the start state in
// week lag, p = the start probability. Then
//
//	counterfactual = O + C
//	intervention   = O + (1 - p) × C + p × e × S
//
// A child who does not start is thus the same child in both arms, to the last
// digit, and with p = 0 nothing is avoided. C / e and S side by side give the
// deadweight.
//
// # What does not depend on the path
//
// The week of referral r, the age at referral and the commissioner are drawn
// apart from each other and from everything that happens afterwards. So the
// law of a life by t, weeks since referral, is the same for everyone, and
// these three enter as factors:
//
//   - u(t), the probability that week t ends before the 18th birthday;
//   - f(t, q), the probability that week r + t lies in quarter q, which is the
//     sum of the referral weeks' shares over one run of weeks; over all
//     quarters it adds up to the probability that week t is before the horizon;
//   - the commissioner's share of referrals.
//
// A metric that pays only for some commissioners' children, or for children of
// some ages at the start, changes nothing but these factors: for its units, u(t)
// is the probability that the child is of such an age and week t ends before
// the birthday, and other commissioners have a share of 0. The deadweight of a
// metric is that of children of the ages that it pays for, whoever refers them.
//
// Expected weeks in a state in quarter q are the sum over t of
//
//	children × commissioner's share × share in the state × u(t) × f(t, q)
//
// and 1 - u(t) of the children are in left care, where they stay to the
// horizon. Every child's weeks therefore add up to the weeks from referral to
// the horizon, in both arms.
//
// # What a life earns
//
// A contract's units follow from the path of a child who starts. Each trigger
// has a file of its own, which says for every week t how many units the week is
// expected to earn, and by how much it is expected to raise the square of the
// units earned so far; triggers.go lists them, and says how to add one. Whether
// week t counts at all depends only on the birthday and the horizon, and these
// only on what does not depend on the path. The mean of the units N of a child, and of their square, over all ages
// and referral weeks are therefore plain sums over t, weighted by u(t) and the
// probability that t is before the horizon; the variance is E[N²] - E[N]².
// A claim that ends with the first interruption needs only those who have been
// in payable states ever since the start, who have all earned the same. A cap
// per child that can be reached after a pause needs the number of units earned
// so far, which the group carries beside the state as a count. If a month is the
// unit, the count also says whether the child has been in payable states for the
// whole of the present month so far.
//
// The variance is that of one child. It says how far chance alone can take a
// payment from its mean, and nothing of doubt about the rates.
//
// # Again, with other numbers
//
// Where inputs are uncertain, one programme is wanted under thousands of sets of
// rates. A [Redraw] settles once what does not depend on them, such as f(t, q) and
// u(t), and gives the counts of [Of] for each set in a small part of its time, and with
// [Redraw.PerChild] the variance of what a child earns. Rules that it works out faster
// stand in files of their own, named …_fast.go after that of the plain rule, and must give
// what that gives: both arms in one step (start_probability_fast.go), the sums over
// f(t, q) by parts (quarter_of_week_fast.go), some thirteen weeks in one step where
// few states are returned to (occupancy_fast.go), and weeks paid for after a pause without
// a count of them (weekly_accrual_fast.go).
//
// # What is left out
//
// Caps in pounds, caps on a metric or a payer, minima, capital and capacity
// depend on all children together and are not linear in them. The counts here
// are means before them. Priced by model.Price they give the central
// projection, in which caps apply to the mean; only simulation gives the mean
// after caps.
package expect
