"""The sample that `leadtui demo` opens: bilingual, deterministic, its dates relative to now."""
