package montecarlo

import (
	"cmp"
	"errors"
	"fmt"
	"io"
	"slices"

	"github.com/edgeofcare/edgeofcare/internal/words"
	"github.com/edgeofcare/edgeofcare/model"
	"github.com/edgeofcare/edgeofcare/montecarlo/lives"
)

// Merge puts the parts of a run together, in any order. The result is, byte for
// byte, that of one [Run] of all replications with the same options, of which
// nothing was kept: it has its values but cannot be repriced. The programme must
// be the one that the parts were run for.
//
// The error joins a *GapError, *OverlapError or *StrangerError for every reason
// why the parts are not one run.
//
// The result holds a copy of the values, as a run does, within
// Options.MemoryLimit of the parts. [MergeFrom] does without the parts' own.
func Merge(p *model.Programme, parts ...*Part) (*Result, error) {
	var sources []source
	for i, part := range parts {
		if part == nil {
			return nil, fmt.Errorf("part %d is nil", i+1)
		}
		values := func(take func([]float64)) error {
			take(part.values)
			return nil
		}
		sources = append(sources, source{part, fmt.Sprintf("part %d", i+1), int64(len(part.values)), values})
	}
	return merge(p, sources)
}

// MergeFrom is Merge of part files. It reads the values from one file after
// another, so that no more are in memory than the result holds. The error may
// also join a *PartFileError for every file that cannot be read.
func MergeFrom(p *model.Programme, files ...io.Reader) (*Result, error) {
	var sources []source
	var faults []error
	for i, r := range files {
		f, err := openPart(r)
		if err != nil {
			faults = append(faults, numbered(i, err))
			continue
		}
		name := cmp.Or(f.name, fmt.Sprintf("part %d", i+1))
		values := func(take func([]float64)) error { return numbered(i, f.values(take)) }
		sources = append(sources, source{f.part, name, f.part.count(), values})
	}
	if len(faults) > 0 {
		return nil, errors.Join(faults...)
	}
	return merge(p, sources)
}

// numbered names a file that has no name by its place.
func numbered(i int, err error) error {
	if file, ok := errors.AsType[*PartFileError](err); ok && file.Name == "" {
		file.Name = fmt.Sprintf("part %d", i+1)
	}
	return err
}

// source is a part that is to be merged.
type source struct {
	*Part
	name   string // that errors know it by
	held   int64  // how many values it has
	values func(take func([]float64)) error
}

func (s source) String() string { return fmt.Sprintf("%s (shard %v)", s.name, s.Shard) }

func merge(p *model.Programme, sources []source) (*Result, error) {
	if len(sources) == 0 {
		return nil, errors.New("there is no part to merge: give one for every shard")
	}
	r, err := plan(p, usual(sources).options())
	if err != nil {
		return nil, err
	}
	slices.SortStableFunc(sources, func(a, b source) int { return cmp.Compare(a.From, b.From) })
	if err := r.oneRun(sources); err != nil {
		return nil, err
	}
	if err := r.makeRoom(); err != nil {
		return nil, err
	}
	filled := 0
	take := func(values []float64) {
		for len(values) > 0 {
			n := copy(r.values[filled:], values)
			filled, values = filled+n, values[n:]
			if filled == len(r.values) {
				r.condense(len(r.values) / len(r.centre))
				filled = 0
			}
		}
	}
	for _, s := range sources {
		if err := s.values(take); err != nil {
			return nil, err
		}
	}
	r.condense(filled / len(r.centre))
	return r.summarise(r.options.Replications), nil
}

// settings are the options that all parts of a run must share.
type settings struct {
	seed         uint64
	replications int
	engine       lives.Engine
	quantiles    string
	totalsOnly   bool
	memoryLimit  int64
}

// usual returns the part whose settings most parts have, so that a stranger
// among them is told from the rest wherever it is listed.
func usual(sources []source) *Part {
	count := map[settings]int{}
	most := sources[0].Part
	for _, s := range sources {
		key := s.settings()
		count[key]++
		if count[key] > count[most.settings()] {
			most = s.Part
		}
	}
	return most
}

func (p *Part) settings() settings {
	return settings{p.Seed, p.Replications, p.Engine, fmt.Sprint(p.Quantiles), p.TotalsOnly, p.MemoryLimit}
}

func (p *Part) options() Options {
	return Options{
		Seed: p.Seed, Replications: p.Replications, Engine: p.Engine, Quantiles: p.Quantiles, TotalsOnly: p.TotalsOnly,
		MemoryLimit: p.MemoryLimit,
	}
}

// oneRun returns what keeps parts, in order of replication, from being this run.
func (r *runner) oneRun(sources []source) error {
	var faults []error
	var own []source
	want := r.part(r.programme)
	for _, s := range sources {
		strange := s.strangeTo(want)
		faults = append(faults, strange...)
		if len(strange) == 0 {
			own = append(own, s)
		}
	}
	if len(own) > 0 { // otherwise nothing would be there
		faults = append(faults, tile(own, r.options.Replications)...)
	}
	return errors.Join(faults...)
}

// StrangerError says that a part is not of the same run as the others, or cannot
// be merged by this program.
type StrangerError struct {
	Part   string // its place or file, and its shard
	What   string // in what it differs
	Has    string
	Wanted string
	Remedy string
}

func (e *StrangerError) Error() string {
	return fmt.Sprintf("%s: its %s is %s and must be %s: %s", e.Part, e.What, e.Has, e.Wanted, e.Remedy)
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
		{"list of quantiles", fmt.Sprint(p.Quantiles), again},
		{"choice of totals only", fmt.Sprint(p.TotalsOnly), again},
		{"memory limit", fmt.Sprint(p.MemoryLimit), again},
		{"architecture", p.Architecture, "run and merge all shards on the same, because others round otherwise"},
		{"module version", p.Version, "run and merge all shards with the same"},
	}
}

// strangeTo returns a *StrangerError for everything in which the part is not
// as the run wants it.
func (s source) strangeTo(want *Part) []error {
	var faults []error
	wanted := want.terms()
	for i, t := range s.terms() {
		if s.Fingerprint == want.Fingerprint && t.what == "programme" {
			continue // other names of the same figures
		}
		if t.is != wanted[i].is {
			faults = append(faults, &StrangerError{s.String(), t.what, t.is, wanted[i].is, t.remedy})
		}
	}
	if len(faults) == 0 && !s.fits(want) {
		faults = append(faults, &StrangerError{
			s.String(), "content", "not what its description says", "the values of its replications", "run the shard again",
		})
	}
	return faults
}

// fits tells whether the part has the columns that are wanted, and as many
// values as its range.
func (s source) fits(want *Part) bool {
	return slices.Equal(s.Columns, want.Columns) && s.check() == nil && s.held == s.count()
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

// OverlapError says that replications are in two parts.
type OverlapError struct {
	From, To int // counted from 0; To is not in both
	Parts    [2]string
}

func (e *OverlapError) Error() string {
	return fmt.Sprintf("%s in both %s and %s: leave one of them out", replications(e.From, e.To), e.Parts[0], e.Parts[1])
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
			faults = append(faults, &OverlapError{s.From, min(s.To, reached), [2]string{last.String(), s.String()}})
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
