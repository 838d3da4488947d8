"""The port to the trained models, their onnxruntime adapters, the weights and their cards."""
