package scenario

import (
	"strings"

	"github.com/edgeofcare/edgeofcare/model/contract"
)

type visited struct {
	path string
	at   place
}

func (d *decoder) visit(path string, at place) {
	if _, ok := d.index[path]; !ok {
		d.index[path] = len(d.places)
		d.places = append(d.places, visited{path, at})
		d.edited = d.edited || at.layer > 0
	}
}

// mark notes that a setting cannot be used.
func (d *decoder) mark(path string) {
	d.bad[path] = true
	for p := outer(path); p != "" && !d.holdsBad[p]; p = outer(p) {
		d.holdsBad[p] = true
	}
}

// outer is the path of the setting around a setting.
func outer(path string) string { return path[:max(0, strings.LastIndexByte(path, '.'))] }

// mostFindings is how many faults are reported at once. A file with more has one
// mistake many times.
const mostFindings = 500

// full reports whether no more faults are reported.
func (d *decoder) full() bool { return len(d.findings) >= mostFindings }

// report records something wrong that leaves the rest as it is.
func (d *decoder) report(at place, path, problem string, args ...any) {
	switch len(d.findings) {
	case mostFindings:
		return
	case mostFindings - 1:
		path, problem, args = "", "there are more faults than are listed: correct these first", nil
	}
	d.findings = append(d.findings, at.fault(path, problem, args...))
}

// fault records that a setting cannot be used.
func (d *decoder) fault(at place, path, problem string, args ...any) {
	d.mark(path)
	d.report(at, path, problem, args...)
}

// validate adds what the programme as a whole makes of itself.
func (d *decoder) validate() {
	if d.states.unread || d.bad["cohorts"] || d.bad["metrics"] || d.bad["commissioners"] {
		return // every reference would be a fault
	}
	faults := d.p.Validate()
	for _, f := range Faults(faults) {
		d.consequence(f.Path, f.Problem)
	}
	if faults == nil && len(d.bad) == 0 {
		return // and it can be priced
	}
	_, err := d.p.Pricer(contract.Constant, nil)
	for _, f := range Faults(err) {
		d.consequence(f.Path, f.Problem)
	}
}

// consequence records a fault that was found in the programme, unless it
// follows from something that could not be read.
func (d *decoder) consequence(path, problem string) {
	if !d.dated && (path == "payers" || path == "start" || path == "end") {
		return
	}
	if d.holdsBad[path] || d.told[path] {
		return
	}
	for p := path; p != ""; p = outer(p) {
		if d.bad[p] {
			return
		}
	}
	d.report(d.locate(path), path, "%s", problem)
}

// locate returns the place of a setting, or of the nearest one around it that
// exists, or, if an edit changed something in it, of that edit.
func (d *decoder) locate(path string) place {
	at, ok := d.index[path]
	for p := path; !ok && p != ""; at, ok = d.index[p] {
		p = outer(p)
	}
	return d.latest(path, d.places[at].at)
}

// latest returns the place of the last edit in a setting, or its own place if
// no edit changed anything in it.
func (d *decoder) latest(path string, at place) place {
	if !d.edited {
		return at
	}
	for _, v := range d.places {
		if strings.HasPrefix(v.path, path+".") && v.at.layer > at.layer {
			at = v.at
		}
	}
	return at
}
