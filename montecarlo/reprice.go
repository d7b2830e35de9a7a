package montecarlo

import (
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"reflect"
	"slices"

	"github.com/edgeofcare/edgeofcare/model"
	"github.com/edgeofcare/edgeofcare/model/contract"
	"github.com/edgeofcare/edgeofcare/scenario"
)

// ErrNotKept says that a result cannot be repriced because its run did not
// keep the tallies.
var ErrNotKept = errors.New("the run did not keep its tallies: set Options.Keep")

// Reprice returns the result that a run of another version would have given, from the
// tallies of an earlier run with Options.Keep, without simulating anything again.
// Only prices may differ between the programmes: tariffs, indexation, caps,
// payers, unit costs, cashable shares. Otherwise the error is a
// error that wraps [model.ErrOtherRules].
func (r *Result) Reprice(ctx context.Context, v *scenario.Version) (*Result, error) {
	switch {
	case ctx == nil:
		return nil, errNoContext
	case r == nil || r.run == nil || r.run.kept == nil:
		return nil, ErrNotKept
	case v == nil || v.Programme == nil:
		return nil, errors.New("there is no version to price, or it has no programme: make one with Document.Version")
	}
	if err := v.Programme.SameRules(r.run.expectation.Counts.Rules); err != nil {
		return nil, err
	}
	if !r.run.options.FixedRates && !slices.EqualFunc(ofLives(r.Version.Programme), ofLives(v.Programme), sameLaw) {
		return nil, fmt.Errorf("%w (uncertain inputs): the draws of rates would be others, and only prices can change without running again", model.ErrOtherRules)
	}
	if was, is := r.Version.Programme.Conditioned, v.Programme.Conditioned; !r.run.options.FixedRates && !r.run.options.Unconditioned && (was == nil) != (is == nil) || was != nil && is != nil && was.Digest != is.Digest {
		return nil, fmt.Errorf("%w (what uncertain inputs are held to): the draws of rates would be others, and only prices can change without running again", model.ErrOtherRules)
	}
	o := r.run.options
	o.Replications, o.Keep, o.Until, o.Progress = r.Conventions.Replications, false, nil, nil
	again, err := prepare(v, o)
	if err != nil {
		return nil, err
	}
	unpacked := func() func(int) *contract.Tally {
		tally := contract.NewCounts[int64](again.sheet.shape)
		tally.Independent = contract.NewCounts[int64](again.sheet.shape)
		return func(replication int) *contract.Tally {
			unpack(r.run.kept[replication], tally)
			return tally
		}
	}
	repriced, err := again.run(ctx, unpacked)
	if repriced != nil {
		repriced.run.kept = r.run.kept
	}
	return repriced, err
}

// ofLives are the uncertain inputs that decide where children live, and not only
// what is paid for it.
func ofLives(p *model.Programme) []model.Uncertain {
	priced := func(path model.Path) bool {
		for _, pattern := range []string{
			"unit costs", "cohorts.*.cashable share", "metrics.*.tariff", "metrics.*.cap", "contract cap", "year caps", "grants", "delivery fee", "payers",
			"delivery", "facility", "affordability", "savings targets", "discount rate", "inflation",
		} {
			if _, under := path.Under(pattern); under {
				return true
			}
		}
		return false
	}
	return slices.DeleteFunc(slices.Clone(p.Uncertain), func(u model.Uncertain) bool {
		return len(u.Multiplies) == 0 && priced(u.Path) || len(u.Multiplies) > 0 && !slices.ContainsFunc(u.Multiplies, func(p model.Path) bool { return !priced(p) })
	})
}

func sameLaw(a, b model.Uncertain) bool { return reflect.DeepEqual(a, b) }

// cells lists the counts of a tally in a fixed order.
func cells(t *contract.Tally) [][]int64 {
	return append(independentCells(t), t.Weeks, t.Units, t.Referred, t.Started, t.Preparing, t.Early)
}

// pack writes a tally's counts, most of them 0 or small, as variable-length
// numbers.
func pack(t *contract.Tally) []byte {
	var packed []byte
	for _, counts := range cells(t) {
		for _, n := range counts {
			packed = binary.AppendUvarint(packed, uint64(n))
		}
	}
	return packed
}

func unpack(packed []byte, t *contract.Tally) {
	for _, counts := range cells(t) {
		for i := range counts {
			n, size := binary.Uvarint(packed)
			counts[i], packed = int64(n), packed[size:]
		}
	}
}
