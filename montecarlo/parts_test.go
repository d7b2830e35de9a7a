package montecarlo

import (
	"fmt"
	"io"

	"github.com/edgeofcare/edgeofcare/scenario"
)

// readPart reads a part that WriteTo wrote. The error for anything else, or for
// a file that is cut short or damaged, is a *partFileError. It takes no more
// memory than a small multiple of what it can read.
func readPart(r io.Reader) (*Part, error) {
	file, err := openPart(r)
	if err != nil {
		return nil, err
	}
	err = file.values(func(values []float64) error {
		file.part.values = append(file.part.values, values...)
		return nil
	})
	if err != nil {
		return nil, err
	}
	return file.part, nil
}

// mergeParts merges parts that were never written.
func mergeParts(v *scenario.Version, parts ...*Part) (*Result, error) {
	var sources []source
	for i, part := range parts {
		if part == nil {
			return nil, fmt.Errorf("part %d is nil", i+1)
		}
		values := func(take func([]float64) error) error { return take(part.values) }
		sources = append(sources, source{part, fmt.Sprintf("part %d", i+1), int64(len(part.values)), values})
	}
	return merge(v, sources)
}
