package lives

import "os"

// long reports whether long statistical runs are wanted: EDGEOFCARE_LONG=1.
func long() bool { return os.Getenv("EDGEOFCARE_LONG") != "" }
