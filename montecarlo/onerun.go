package montecarlo

import (
	"errors"
	"fmt"
	"slices"

	"github.com/edgeofcare/edgeofcare/internal/words"
)

// oneRun returns what keeps parts, in order of replication, from being this run.
func (r *runner) oneRun(sources []source) error {
	var own []source
	var strange []*stranger
	want := r.part()
	for _, s := range sources {
		differences := s.differences(want)
		if len(differences) == 0 {
			own = append(own, s)
		}
		for _, d := range differences {
			i := slices.IndexFunc(strange, func(other *stranger) bool { return other.term == d })
			if i < 0 {
				i, strange = len(strange), append(strange, &stranger{term: d, wanted: want.is(d.what)})
			}
			strange[i].parts = append(strange[i].parts, s.String())
		}
	}
	var faults []error
	for _, s := range strange {
		faults = append(faults, s)
	}
	if len(own) > 0 { // otherwise nothing would be there
		faults = append(faults, tile(own, r.options.Replications)...)
	}
	return errors.Join(once(faults)...)
}

// once leaves out what was said before, as of a file that is named twice.
func once(faults []error) []error {
	said := map[string]bool{}
	return slices.DeleteFunc(faults, func(fault error) bool {
		before := said[fault.Error()]
		said[fault.Error()] = true
		return before
	})
}

// stranger says that parts are not of the same run as the others, or cannot be
// merged by this program: in what they differ, what they have there and what is
// wanted. Many parts with one fault are one error.
type stranger struct {
	term
	wanted string
	parts  []string
}

func (s *stranger) Error() string {
	const most = 3 // that are named
	named, its := s.parts, "its"
	if len(named) > 1 {
		its = "their"
	}
	if more := len(named) - most; more > 1 {
		named = append(slices.Clone(named[:most]), words.Count(float64(more))+" more")
	}
	return fmt.Sprintf("%s: %s %s is %s and must be %s: %s", words.And(named), its, s.what, s.is, s.wanted, s.remedy)
}

// term is something that a part must share with the run it is merged into.
type term struct{ what, is, remedy string }

func (p *Part) terms() []term {
	const again = "run the shard again, or leave it out"
	return []term{
		{"programme", fmt.Sprintf("%s, case %s, fingerprint %s", p.Programme, p.Case, p.Fingerprint), "merge parts with the programme, case and edits that they were run for"},
		{"seed", fmt.Sprint(p.Seed), again},
		{"number of replications in all", fmt.Sprint(p.Replications), again},
		{"engine", p.Engine.String(), again},
		{"kind of prices", fmt.Sprint(p.Prices), again},
		{"list of quantiles", fmt.Sprint(p.Quantiles), again},
		{"choice of fixed rates", fmt.Sprint(p.FixedRates), again},
		{"choice of draws from the laws of the file", fmt.Sprint(p.Unconditioned), again},
		{"choice of totals only", fmt.Sprint(p.TotalsOnly), again},
		{"memory limit", fmt.Sprint(p.MemoryLimit), again},
		{"architecture", p.Architecture, "run and merge all shards on the same, because others round otherwise"},
		{"module version", p.Version, "run and merge all shards with the same"},
	}
}

// content is what a part has where all its terms are those of the run.
const content = "content"

// is what a term of the part is.
func (p *Part) is(what string) string {
	for _, t := range p.terms() {
		if t.what == what {
			return t.is
		}
	}
	return "the values of its replications"
}

// differences returns the terms in which the part is not as the run wants it.
func (s source) differences(want *Part) []term {
	var all []term
	wanted := want.terms()
	for i, t := range s.terms() {
		if s.Fingerprint == want.Fingerprint && t.what == "programme" {
			continue // other names of the same figures
		}
		if t.is != wanted[i].is {
			all = append(all, t)
		}
	}
	if len(all) == 0 && !s.fits(want) {
		all = append(all, term{content, "not what its description says", "run the shard again"})
	}
	return all
}

// fits reports whether the part has the figures that are wanted, and as many
// values as its range.
func (s source) fits(want *Part) bool {
	return s.Width == want.Width && s.Figures == want.Figures && s.check() == nil && s.held == s.count()
}

// GapError says that replications are missing.
type GapError struct {
	From, To int // counted from 0; To is not missing
	// First and Last are the shards that hold them; zero unless a division that
	// is in use has such shards.
	First, Last Shard
}

func (e *GapError) Error() string {
	remedy := "divide the run in one way, and run every shard"
	if e.First.Of > 0 {
		remedy = "run shard " + e.First.String()
	}
	if e.First != e.Last {
		remedy = fmt.Sprintf("run shards %v to %v", e.First, e.Last)
	}
	return fmt.Sprintf("%s missing: %s", replications(e.From, e.To), remedy)
}

// overlap says that replications, counted from 0 and without the last, are in two
// parts.
func overlap(from, to int, parts [2]string) error {
	return fmt.Errorf("%s in both %s and %s: leave one of them out", replications(from, to), parts[0], parts[1])
}

// replications says which, counted from 1, and goes before what they are.
func replications(from, to int) string {
	if to == from+1 {
		return fmt.Sprintf("replication %s is", words.Count(float64(to)))
	}
	return fmt.Sprintf("replications %s to %s are", words.Count(float64(from+1)), words.Count(float64(to)))
}

// tile returns the gaps and overlaps of parts in order of replication.
func tile(sources []source, total int) []error {
	var faults []error
	var last source
	reached := 0
	for _, s := range sources {
		if s.From > reached {
			faults = append(faults, gap(sources, reached, s.From))
		}
		if s.From < reached {
			faults = append(faults, overlap(s.From, min(s.To, reached), [2]string{last.String(), s.String()}))
		}
		if s.To > reached {
			reached, last = s.To, s
		}
	}
	if reached < total {
		faults = append(faults, gap(sources, reached, total))
	}
	return faults
}

// gap is the error for missing replications. Its shards are of the first
// division among the parts that has edges at both ends.
func gap(sources []source, from, to int) error {
	e := &GapError{From: from, To: to}
	for _, s := range sources {
		before, ok := s.Shard.endingAt(from, s.Replications)
		last, alsoOK := s.Shard.endingAt(to, s.Replications)
		if ok && alsoOK {
			e.First, e.Last = Shard{before + 1, s.Shard.Of}, Shard{last, s.Shard.Of}
			break
		}
	}
	return e
}

// endingAt returns how many shards of the same division lie before a
// replication, and whether one begins there.
func (s Shard) endingAt(replication, replications int) (int, bool) {
	n, all := int64(s.Of), int64(replications)
	before := (int64(replication)*n + all - 1) / all
	return int(before), before*all/n == int64(replication)
}
