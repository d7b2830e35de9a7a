package portfolio

import (
	"cmp"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"hash/fnv"
	"slices"

	"github.com/edgeofcare/edgeofcare/finance"
	"github.com/edgeofcare/edgeofcare/model"
	"github.com/edgeofcare/edgeofcare/model/calendar"
	"github.com/edgeofcare/edgeofcare/montecarlo"
	"github.com/edgeofcare/edgeofcare/scenario"
)

// Member is one programme of a fund. Its name tells it from the others, and keys its
// children's lives.
type Member struct {
	Name    string            `json:"name"`
	Version *scenario.Version `json:"version"`
}

// Options say how to run a portfolio. The zero value is 10,000 replications from seed
// 0 in constant prices, with nothing in common.
type Options struct {
	// Options are those of the run of each member. Seed is the portfolio's, from which
	// each member has one of its own. Common, DailyCash, TotalsOnly and Undivided are set
	// by the portfolio; Until and Keep are refused.
	montecarlo.Options
	// Shared are paths of uncertain inputs that all members that have them share, in
	// which a star stands for any one name. One that fewer than two members have is an
	// error.
	Shared []model.Path
	// Referrals is the correlation between members of the number of children referred: see
	// [montecarlo.Common]. It is an error where fewer than two members' numbers are
	// uncertain, for it would do nothing.
	Referrals float64
}

// Result is what several programmes need and return apart and together. Amounts are
// in £ of the prices of Conventions, and distributions over the replications.
type Result struct {
	Members []MemberResult `json:"members"`
	// Facility is the fund's; nil for one investor without a limit.
	Facility  *model.Facility `json:"facility,omitempty"`
	Shared    []model.Path    `json:"shared,omitempty"`
	Referrals float64         `json:"correlation_of_referrals,omitempty"`

	// Apart is the sum of the members' capital requirements, Pooled that of the fund,
	// and Gain by how much the second is lower, which is never below 0.
	Apart  montecarlo.Summary `json:"apart"`
	Pooled montecarlo.Summary `json:"pooled"`
	Gain   montecarlo.Summary `json:"gain"`
	// Fund has every other measure of the fund's capital and returns.
	Fund *montecarlo.Fund `json:"fund"`
	// Account is the fund's in the central projection.
	Account *finance.Account `json:"account"`
	// Correlations are those of the members' surpluses over the replications, member ×
	// member; 0 where one does not vary.
	Correlations [][]float64 `json:"correlations"`
	// Conventions are those of the first member's run, whose programme and seed they
	// name.
	Conventions montecarlo.Conventions `json:"conventions"`
	Seed        uint64                 `json:"seed"` // of the portfolio
}

// MemberResult is one member of a portfolio.
type MemberResult struct {
	Name string `json:"name"`
	// Result is the member's own run, with its own facility.
	Result *montecarlo.Result `json:"result"`
	// Share is how much of the fund it is.
	Share Share `json:"share"`
}

// Share is how much of a fund one member is, each as a share of 1. Parts of all
// members together make 1.
type Share struct {
	Receipts float64 `json:"receipts"` // of all receipts, on average: who is repaid from what
	Costs    float64 `json:"costs"`    // of all costs of delivery, on average
	// AtWorst is the share of the fund's capital requirement that is the member's own
	// position (receipts less costs, added up) on the day on which the fund needs most,
	// on average over the 5% of replications that need most. It is below 0 for a member
	// that is ahead on that day.
	AtWorst float64 `json:"at_worst"`
}

// Run runs every member and follows the cash of all in one fund, on the terms of a
// facility; nil is one investor without a limit.
//
// A member without delivery terms gives an error that wraps [finance.ErrNoDelivery].
// The error joins what else cannot be: members without a name or with one name, in
// other prices or with another inflation than the first, a shared input that fewer
// than two of them have, or a facility that a fund cannot have (see [finance.NewPool]).
// If the context ends first, the error wraps the context's and there is no result.
func Run(ctx context.Context, members []Member, facility *model.Facility, o Options) (*Result, error) {
	if ctx == nil {
		return nil, errors.New("there is no context: give context.Background() to a run that nothing stops")
	}
	if err := check(members, o); err != nil {
		return nil, err
	}
	return run(ctx, members, facility, o)
}

// run is Run of members that have been checked.
func run(ctx context.Context, members []Member, facility *model.Facility, o Options) (*Result, error) {
	o.Shared = shared(members, o.Shared)
	r := &Result{Facility: facility, Shared: o.Shared, Referrals: o.Referrals, Seed: o.Seed}
	var programmes []*model.Programme
	for _, m := range members {
		programmes = append(programmes, m.Version.Programme)
	}
	pool, err := finance.NewPool(facility, programmes, o.Prices)
	if err != nil {
		return nil, err
	}
	for i, m := range members {
		result, err := montecarlo.Run(ctx, m.Version, o.of(m, i, len(members)))
		if err != nil {
			return nil, fmt.Errorf("%s: %w", m.Name, err)
		}
		r.Members = append(r.Members, MemberResult{Name: m.Name, Result: result})
	}
	r.Conventions = r.Members[0].Result.Conventions
	r.follow(pool, firstDay(programmes), o.Quantiles)
	return r, nil
}

// of are the options of the run of a member.
func (o Options) of(m Member, i, members int) montecarlo.Options {
	own := o.Options
	own.Seed = keyed(o.Seed, m)
	own.Common = &montecarlo.Common{Seed: o.Seed, Inputs: o.Shared, Referrals: o.Referrals}
	own.DailyCash, own.TotalsOnly, own.Undivided, own.AllValues, own.Unconditioned = true, true, true, true, true
	if progress := o.Progress; progress != nil {
		own.Progress = func(done, total int) { progress(i*total+done, members*total) }
	}
	return own
}

// keyed is the seed of a member: another for another name or programme.
func keyed(seed uint64, m Member) uint64 {
	h := fnv.New64a()
	var number [8]byte
	binary.LittleEndian.PutUint64(number[:], seed)
	h.Write(number[:])
	fmt.Fprintf(h, "%q of %q", m.Name, m.Version.Programme.Name)
	return h.Sum64()
}

// firstDay is that of the first programme to start.
func firstDay(programmes []*model.Programme) calendar.Date {
	return slices.MinFunc(programmes, func(a, b *model.Programme) int { return a.Start.Compare(b.Start) }).Start
}

// check refuses what cannot be pooled.
func check(members []Member, o Options) error {
	var faults []error
	fault := func(text string, args ...any) { faults = append(faults, fmt.Errorf(text, args...)) }
	if len(members) < 2 {
		fault("%d programmes: a portfolio has at least two", len(members))
	}
	names := map[string]bool{}
	for i, m := range members {
		switch {
		case m.Version == nil || m.Version.Programme == nil:
			fault("member %d has no version of a programme: make one with Document.Version", i+1)
		case m.Name == "":
			fault("member %d has no name: give each one of its own", i+1)
		case names[m.Name]:
			fault("two members are called %q, and the lives of both would be the same: give each a name of its own", m.Name)
		case m.Version.Programme.Delivery == nil:
			fault("%s: %w", m.Name, finance.ErrNoDelivery)
		}
		names[m.Name] = true
	}
	if o.Until != nil || o.Keep {
		fault("a portfolio neither runs until means are known nor keeps tallies: leave Until and Keep out")
	}
	if len(faults) > 0 {
		return errors.Join(faults...)
	}
	return errors.Join(inCommon(members, o)...)
}

// inCommon refuses what is said to be common and is not.
func inCommon(members []Member, o Options) (faults []error) {
	if o.FixedRates && (len(o.Shared) > 0 || o.Referrals > 0) {
		return []error{errors.New("at fixed rates no input varies, so that none can be shared: leave FixedRates out, or what is common")}
	}
	having := func(is func(model.Uncertain) bool) (n int) {
		for _, m := range members {
			if slices.ContainsFunc(m.Version.Programme.Uncertain, is) {
				n++
			}
		}
		return n
	}
	for _, pattern := range o.Shared {
		if len(shared(members, []model.Path{pattern})) == 0 {
			n := having(func(u model.Uncertain) bool { return under(u.Path, pattern) })
			faults = append(faults, fmt.Errorf("shared input %s: it is uncertain in %d of the programmes, and sharing takes two", pattern, n))
		}
	}
	if o.Referrals < 0 || o.Referrals > 1 {
		faults = append(faults, fmt.Errorf("a correlation of referrals of %v: it must lie between 0 and 1", o.Referrals))
	} else if n := having(montecarlo.OfReferrals); o.Referrals > 0 && n < 2 {
		faults = append(faults, fmt.Errorf("a correlation of referrals: the number of children referred is uncertain in %d of the programmes, and correlation takes two", n))
	}
	return faults
}

// shared are the inputs that patterns name and at least two members have.
func shared(members []Member, patterns []model.Path) (all []model.Path) {
	for _, path := range Shareable(members) {
		if slices.ContainsFunc(patterns, func(pattern model.Path) bool { return under(path, pattern) }) {
			all = append(all, path)
		}
	}
	return all
}

func under(path, pattern model.Path) bool {
	_, ok := path.Under(string(pattern))
	return ok
}

// Shareable lists the uncertain inputs that at least two members have by the same
// path, sorted: those that Options.Shared can name.
func Shareable(members []Member) []model.Path {
	seen := map[model.Path]int{}
	for _, m := range members {
		if m.Version != nil && m.Version.Programme != nil {
			for _, u := range m.Version.Programme.Uncertain {
				seen[u.Path]++
			}
		}
	}
	var all []model.Path
	for path, n := range seen {
		if n > 1 {
			all = append(all, path)
		}
	}
	slices.SortFunc(all, func(a, b model.Path) int { return cmp.Compare(a, b) })
	return all
}
