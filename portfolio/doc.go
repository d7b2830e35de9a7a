// Package portfolio puts several programmes into one fund: their receipts go into
// one account, out of which the costs of all are paid, on the fund's own terms.
//
//	members := []portfolio.Member{{Name: "DN2", Version: dn2}, {Name: "Larkshire", Version: larkshire}}
//	result, err := portfolio.Run(ctx, members, fund, portfolio.Options{Seed: 1})
//
// [Result] sets the capital that the members need apart beside what they need
// together, replication by replication: what one receives pays what another costs on
// the same day, so that together they never need more. By how much less is the gain
// from pooling. It rests on what the members have in common, which no data of one
// programme tell:
//
//   - Children's lives are never common: those of a member are keyed by its name and
//     that of its programme, so that another member disturbs none of them.
//   - Uncertain inputs are each member's own, even where two programmes have one of the
//     same name, unless [Options.Shared] names it. A shared input has the same quantile
//     for all in each replication, each by the law of its own file.
//   - Numbers of children referred go together by [Options.Referrals].
//
// The less is common, the more pooling seems to save. Say what was shared wherever
// the gain is shown.
//
// # The fund
//
// A [model.Facility] says who commits what to the fund and who is repaid first, as it
// does for one programme. It takes the place of the members' own facilities, which
// count for nothing here. Receipts that are not needed for the costs of any member
// until the next receipt of any repay whoever is first in rank: a member that does well
// repays the capital that a member that does badly has drawn. Whose receipts those
// were is in [Share].
//
// # The capital requirement
//
// As for one programme, it is the deepest point of receipts less costs, added up day
// by day, and takes no account of a facility. Apart it is the sum of the members' own,
// each at its own deepest point; together it is the deepest point of the sum. In every
// replication the second is at most the first.
package portfolio
